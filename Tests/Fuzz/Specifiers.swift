import PatrolDomain

/// A resource or a pattern is refused, or read; it is written and read again as the same, and a resource is matched by the
/// pattern that it is itself.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self)
    _ = try? ActionPattern(parsing: text)
    let pattern = try? ResourcePattern(parsing: text)
    guard let resource = try? Resource(parsing: text) else { return 0 }
    precondition((try? Resource(parsing: resource.description)) == resource, "what was written is not what was read")
    precondition(pattern != nil, "a resource is no pattern")
    return 0
}
