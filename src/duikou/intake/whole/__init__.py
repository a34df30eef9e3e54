"""全本装入: a folder of 全本导出 is checked whole and enters an empty book."""
