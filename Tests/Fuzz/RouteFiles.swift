import PatrolDomain
import PatrolPresentation
import PatrolRoutes

/// A route file is refused by line, or read; its routes are written and read again as the same.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let file = RouteFile(Array(UnsafeBufferPointer(start: data, count: size)))
    for fault in file.faults {
        precondition(fault.line >= 1 && fault.column >= 1 && !fault.sentence.text.isEmpty, "a fault has a place and words")
    }
    guard let table = file.table else {
        precondition(!file.faults.isEmpty, "a file is refused without a reason")
        return 0
    }
    let text = table.routes.map { "\($0.hostText) \($0.methodText) \($0.path) \($0.demandText) \($0.resourceText)\n" }.joined()
    // A file near the limit may be longer as it is written.
    guard text.utf8.count <= RouteFile.maximumLength else { return 0 }
    let again = RouteFile(Array(text.utf8))
    precondition(again.table != nil, "what was written is refused")
    precondition(again.routes.map(\.path) == table.routes.map(\.path), "what was written is not what was read")
    precondition(again.routes.map(\.demand) == table.routes.map(\.demand), "what was written is not what was read")
    return 0
}
