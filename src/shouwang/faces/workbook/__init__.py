"""Excel workbooks of records (台账表格): template, import, rows returned, export; all from one declaration."""
