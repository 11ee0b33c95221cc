import Testing

@testable import PatrolDomain

@Suite struct CatalogueTests {
    @Test func `the catalogue of LaunchDarkly is whole`() throws {
        let catalogue = Catalogue.launchDarkly
        #expect(catalogue.types.count == 41)
        #expect(catalogue.types.reduce(0) { $0 + $1.actions.count } > 300)
        for chain in ["acct", "member/*", "member/*:token/*", "service-token/*", "role/*", "team/*"] {
            #expect(catalogue.type(chain) != nil, "`\(chain)`")
        }
        #expect(catalogue.knows(.updateAccessTokenPolicy, "member/*:token/*"))
        #expect(!catalogue.knows(.updateAccessTokenPolicy, "service-token/*"))
        #expect(!catalogue.knows(.viewProject, "proj/*:nothing/*"))
        let flag = try #require(catalogue.type(of: Resource(parsing: "proj/p;t:env/e:flag/f")))
        #expect(flag.name == "feature flag")
        #expect(flag.isProjectWide(Action("createFlag")) && !flag.isProjectWide(Action("updateOn")))
    }

    @Test func `another catalogue is read from text`() throws {
        let catalogue = try Catalogue(parsing: """
            # an API of our own
            repo/*  "repository"  view rename+ repo:archive   # three
            \trepo/*:issue/*\tclose reopen\r

            """)
        #expect(catalogue.types.map(\.chain) == ["repo/*", "repo/*:issue/*"])
        #expect(catalogue.types.map(\.name) == ["repository", "issue"])
        #expect(catalogue.actions(for: "repo/*") == ["view", "rename", "repo:archive"].map(Action.init))
        #expect(catalogue.type("repo/*")?.projectWideActions == [Action("rename")])
    }

    @Test(arguments: [
        ("", 1, 1, CatalogueFault.Reason.noTypes),
        ("# nothing\n\n", 3, 1, .noTypes),
        ("proj/* view\nproj/x view", 2, 1, .chainIsNotWhole),
        ("proj/*;t view", 1, 1, .chainIsNotWhole),
        ("proj/*:/env/* view", 1, 1, .chainIsNotWhole),
        ("proj view", 1, 5, .chain(.missingKey(type: "proj"))),
        ("  Proj/* view", 1, 3, .chain(.missingType)),
        ("proj/*", 1, 7, .noActions),
        ("proj/* # view", 1, 8, .noActions),
        ("proj/* \"project view", 1, 8, .unclosedName),
        ("proj/* view vi,ew", 1, 15, .action(.forbiddenCharacter(","))),
        ("proj/* view +", 1, 13, .action(.empty)),
        ("proj/* view*", 1, 8, .wildcardInAction),
        ("proj/* view edit view+", 1, 18, .repeatedAction("view")),
        ("proj/* view\n\nproj/* edit", 3, 1, .repeatedType("proj/*")),
        (String(repeating: " ", count: 1 << 20) + "x", 1, 1, .tooLong(limit: 1 << 20)),
    ]) func `a catalogue that can't be understood is refused with line and column`(
        text: String, line: Int, column: Int, reason: CatalogueFault.Reason
    ) {
        #expect(throws: CatalogueFault(reason, line: line, column: column)) { try Catalogue(parsing: text) }
    }
}
