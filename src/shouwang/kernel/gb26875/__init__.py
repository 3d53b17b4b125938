"""GB/T 26875.3-2011 (用户信息传输装置通信协议): the wire between a site's transmission device and a monitoring centre.

Pure: bytes in, facts out, and back. `frames` knows the envelope, `layouts` what stands in it, `reading` cuts a stream
of bytes into frames, `meaning` says what the bits of a status are, `profiles` how makers depart from the standard.
A new edition of the standard is a package beside this one.
"""
