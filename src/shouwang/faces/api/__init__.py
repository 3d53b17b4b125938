"""The API (接口): the same acts and lists as the office's pages, for other systems; OpenAPI 3.1."""
