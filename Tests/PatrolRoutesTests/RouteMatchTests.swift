import CAllocationCount
import PatrolDomain
import Testing

@testable import PatrolRoutes

@Suite struct RouteMatchTests {
    private static let text = """
        GET          /                               public
        GET          /projects                       token
        GET          /projects/{project}             viewProject proj/{project}
        GET          /projects/search                token
        PATCH,DELETE /projects/{project}             updateTags  proj/{project}
        *            /projects/{project}             deleteProject proj/{project}
        GET          /projects/{project}/flags       viewProject proj/{project}
        PATCH        /flags/{flag}?proj={p}&env={e}  updateOn    proj/{p}:env/{e}:flag/{flag}
        PATCH        /flags/{flag}?proj={p}          updateName  proj/{p}:env/all:flag/{flag}
        GET,HEAD     /health                         public
        GET          /files/{path...}                token
        GET          /files/{kind}/index             public
        @admin.example.org * /{rest...}              updateOrganization acct
        """

    private static func table() throws -> RouteTable { try #require(RouteFile(Array(text.utf8)).table) }

    /// The line of the route and its resource, or why there is none.
    private func ask(_ method: String, _ target: String, host: String = "") throws -> String {
        let table = try Self.table()
        let (match, scratch) = table.match(method: method, target: target, host: host)
        switch match {
        case .route(let number):
            let resource = scratch.resourceText
            return "\(table.routes[number].line)" + (resource.isEmpty ? "" : " \(resource)")
        case .denied(let denial):
            #expect(scratch.resource.isEmpty)
            return "\(denial)"
        }
    }

    static let calls: [(String, String, String)] = [
        ("GET", "/", "1"), ("GET", "/?a", "1"), ("HEAD", "/", "1"), ("POST", "/", "otherMethod"), ("GET", "/projects", "2"),
        ("GET", "/projects/", "2"), ("GET", "/projects/web", "3 proj/web"), ("HEAD", "/projects/web", "3 proj/web"),
        ("GET", "/projects/web/", "3 proj/web"), ("GET", "/projects/%77eb", "3 proj/web"), ("GET", "/projects/search", "4"),
        ("GET", "/projects/searc%68", "4"), ("GET", "/projects/Search", "otherCase"), ("GET", "/Projects/web", "otherCase"),
        ("DELETE", "/projects/web", "5 proj/web"), ("POST", "/projects/web", "6 proj/web"), ("get", "/projects/web", "6 proj/web"),
        ("DELETE", "/projects/search", "otherMethod"), ("GET", "/projects/search/flags", "7 proj/search"),
        ("PATCH", "/flags/f?proj=p&env=e", "8 proj/p:env/e:flag/f"), ("PATCH", "/flags/f?env=e&x&proj=p", "8 proj/p:env/e:flag/f"),
        ("PATCH", "/flags/f?proj=p", "9 proj/p:env/all:flag/f"), ("PATCH", "/flags/f?p%72oj=p%2d1", "9 proj/p-1:env/all:flag/f"),
        ("PATCH", "/flags/f", "missingParameter(\"proj\")"), ("PATCH", "/flags/f?xproj=p", "missingParameter(\"proj\")"),
        ("PATCH", "/flags/f?project=p", "missingParameter(\"proj\")"),
        ("PATCH", "/flags/f?proj=p&proj=q", "unclearParameter(\"proj\")"), ("PATCH", "/flags/f?proj=p&PROJ=q", "unclearParameter(\"proj\")"),
        ("PATCH", "/flags/f?proj=p&proj[]=q", "unclearParameter(\"proj\")"), ("PATCH", "/flags/f?proj=p&proj%5B0%5d=q", "unclearParameter(\"proj\")"),
        ("PATCH", "/flags/f?proj=p&env=e&env=f", "unclearParameter(\"env\")"), ("PATCH", "/flags/f?proj=p;env=e", "unclearParameter(\"proj\")"),
        ("PATCH", "/flags/f?proj", "unclearParameter(\"proj\")"), ("PATCH", "/flags/f?proj=a+b", "unclearParameter(\"proj\")"),
        ("PATCH", "/flags/f?proj=%zz", "unclearParameter(\"proj\")"), ("PATCH", "/flags/f?proj=", "badKey(capture: \"p\")"),
        ("PATCH", "/flags/f?proj=a%20b", "badKey(capture: \"p\")"), ("PATCH", "/flags/f?proj=a%3ab", "badKey(capture: \"p\")"),
        ("GET", "/projects/a:b", "badKey(capture: \"project\")"), ("GET", "/projects/*", "badKey(capture: \"project\")"),
        ("GET", "/projects/a,b", "badKey(capture: \"project\")"), ("GET", "/projects/%24%7Bx%7D", "badKey(capture: \"project\")"),
        ("GET", "/projects/caf%c3%a9", "badKey(capture: \"project\")"), ("GET", "/projects/a%20b", "badKey(capture: \"project\")"),
        ("GET", "/health", "10"), ("HEAD", "/health", "10"), ("GET", "/files", "noRoute"), ("GET", "/files/", "noRoute"),
        ("GET", "/files/a", "11"), ("GET", "/files/a/b%20c/d/", "11"), ("GET", "/files/a/index", "12"), ("GET", "/files/a/index/b", "11"),
        ("GET", "/nothing", "noRoute"), ("GET", "/a//b", "request(PatrolRoutes.RequestFault.emptySegment)"),
    ]

    @Test(arguments: calls)
    func `the most specific route is found, or it is said why there is none`(_ method: String, _ target: String, answer: String) throws {
        #expect(try ask(method, target) == answer)
    }

    @Test func `a host's routes come before those of any host`() throws {
        for host in ["admin.example.org", "ADMIN.example.org:8443", "admin.example.org."] {
            #expect(try ask("GET", "/projects/web", host: host) == "13 acct")
        }
        #expect(try ask("GET", "/", host: "admin.example.org") == "1")
        #expect(try ask("GET", "/projects/web", host: "api.example.org") == "3 proj/web")
        #expect(try ask("GET", "http://admin.example.org/x", host: "admin.example.org") == "13 acct")
    }

    @Test func `a resource that is too long is denied`() throws {
        let key = String(repeating: "k", count: 996)
        #expect(try ask("GET", "/projects/\(key)") == "resourceTooLong")
        #expect(try ask("GET", "/projects/\(key.dropLast())") == "3 proj/\(key.dropLast())")
    }

    @Test func `matching takes no memory from the system`() throws {
        let table = try Self.table()
        var scratch = RouteScratch()
        let targets = ["/projects/web/flags", "/flags/f?proj=p&env=e", "/files/a/b/c", "/none", "/a//b", "/projects/%77eb"].map { Array($0.utf8) }
        let (method, host) = (Array("PATCH".utf8), Array("admin.example.com".utf8))
        for round in 0..<2 {
            let before = allocation_count()
            var place = 0
            while place < targets.count {
                let target = targets[place]
                _ = table.match(method: method.span, target: target.span, host: host.span, with: &scratch)
                place += 1
            }
            let allocated = allocation_count() - before
            #expect(round == 0 || allocated == 0, "\(allocated)")
        }
    }
}
