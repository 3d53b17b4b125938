"""The alarm gateway (接入网关): sites' transmission devices in over GB/T 26875.3-2011, nothing acknowledged is lost."""
