import PatrolDomain
import PatrolRoutes

/// A table with captures, literals, queries and a rest.
private let table = RouteFile(
    Array(
        """
        *   /{a}/{b}?q={q}       do    proj/{a}:env/{b}:flag/{q}
        *   /{a}/{b}             do    proj/{a}:env/{b}
        GET /flags/{a}           do    proj/{a}
        *   /public/{rest...}    public
        @h  GET /flags/{a}       token
        """.utf8)
).table

/// A target is refused, or read; a path that is clear is the same once its text is encoded and read again, and a resource
/// is one that the domain reads, without anything in it that was not in the route.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    guard let table else { preconditionFailure("the table is right") }
    let target = UnsafeBufferPointer(start: data, count: size).span
    var scratch = RouteScratch()
    let match = table.match(method: "GET".utf8Span.span, target: target, host: "h".utf8Span.span, with: &scratch)
    if case .denied(.request) = match { return 0 }
    check(scratch.path)
    guard case .route(let number) = match, table.routes[number].action != nil else { return 0 }
    guard let resource = try? Resource(parsing: scratch.resourceText) else { preconditionFailure("the resource can't be read") }
    precondition(resource.description == scratch.resourceText, "the resource is written in another way")
    precondition(resource.chain == table.routes[number].example?.resource.chain, "the resource has other segments")
    return 0
}

private func check(_ path: RequestPath) {
    let digits = Array("0123456789abcdef".utf8)
    let encoded = path.text.utf8.flatMap { byte in
        byte == UInt8(ascii: "/") ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    guard encoded.count <= RequestPath.maximumLength else { return }
    var again = RequestPath()
    precondition(again.read(encoded.span, host: "".utf8Span.span) == nil, "what is clear is denied once it is encoded")
    precondition(again.text == path.text, "encoding changes what is read")
}
