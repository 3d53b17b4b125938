"""What people see: office, phone, public page, board and API."""
