"""Task lists (任务清单): standings as the tasks of somebody, their days, who they were passed to, what follows."""
