"""Paper (纸质表单): printed pages with a code, and their scans on the way back in."""
