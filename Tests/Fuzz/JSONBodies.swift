import PatrolJSON

/// A body is refused, or read; what was read is written and read again as the same.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let json = try? JSON(parsing: bytes) else { return 0 }
    var written: [UInt8] = []
    json.write(to: &written)
    precondition((try? JSON(parsing: written)) == json, "what was written is not what was read")
    return 0
}
