"""项目 as they are read: the list, one project, what is late, needs."""
