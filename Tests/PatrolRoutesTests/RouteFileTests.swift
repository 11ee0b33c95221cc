import PatrolRoutes
import Testing

struct RouteFileTests {
    @Test func `a file of routes is read`() throws {
        #expect(RouteFile(Array("GET /a public".utf8)).table != nil)
    }
}
