import PatrolDomain
import PatrolJSON

/// A policy is refused, or read; it is written and read again as the same, and decides without a fault.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    guard let json = try? JSON(parsing: bytes) else { return 0 }
    _ = try? Policy(json: json, reading: .tolerant)
    _ = Policy.unknownFields(in: json)
    guard let policy = try? Policy(json: json) else { return 0 }
    let again = try? Policy(json: policy.json)
    precondition(again == policy, "what was written is not what was read")
    let grant = Grant(GrantName("fuzz", source: .inlinePolicy), policy: policy, basePermissions: .reader)
    let authority = Authority(grants: [grant], holder: nil)
    _ = authority.decide(Request(Action("updateOn"), on: .account))
    return 0
}
