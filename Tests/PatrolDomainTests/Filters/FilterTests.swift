import Testing

@testable import PatrolDomain

private typealias Condition = Filter.Condition
private typealias Term = Filter.Term

/// The fields of tokens that are followed by a sign.
private let signed = ["owner", "role", "kind", "finding", "unused", "expires", "created"]

@Suite struct FilterTests {
    @Test(arguments: [
        ("", []),
        ("  \t ", []),
        ("kim", [Term(.text("kim"))]),
        ("kim  berg", [Term(.text("kim")), Term(.text("berg"))]),
        ("\"kim berg\"", [Term(.text("kim berg"))]),
        (#""a \"b\" \\c""#, [Term(.text(#"a "b" \c"#))]),
        ("名前", [Term(.text("名前"))]),
        ("!kim", [Term(.text("kim"), isExcluded: true)]),
        ("!\"a b\"", [Term(.text("a b"), isExcluded: true)]),
        ("owner:ada unused>90d", [Term(.owner("ada")), Term(.unused(.moreThan, .days(90)))]),
        ("owner:\"Ada Berg\"", [Term(.owner("Ada Berg"))]),
        ("!owner:ada", [Term(.owner("ada"), isExcluded: true)]),
        ("role:admin", [Term(.role("admin"))]),
        ("kind:service", [Term(.kind(.service))]),
        ("kind:account", [Term(.kind(.accountWide))]),
        ("finding:account-wide", [Term(.finding([.accountWide]))]),
        ("finding:admin,wildcard,admin", [Term(.finding([.adminScope, .wildcardPolicy]))]),
        ("flagged !never imported", [Term(.flagged), Term(.neverUsed, isExcluded: true), Term(.imported)]),
        ("\"flagged\"", [Term(.text("flagged"))]),
        ("expires<14d expires:never", [Term(.expires(.lessThan, .days(14))), Term(.neverExpires)]),
        ("created>2w created<3m", [Term(.created(.moreThan, .days(14))), Term(.created(.lessThan, .days(90)))]),
        ("unused<1y unused<12h", [Term(.unused(.lessThan, .days(365))), Term(.unused(.lessThan, .hours(12)))]),
        // A word of another list, a resource and a time are texts here.
        ("refused", [Term(.text("refused"))]),
        ("member/1:token/2", [Term(.text("member/1:token/2"))]),
        ("12:30", [Term(.text("12:30"))]),
        // Fields are known in any case; their values are as they are.
        ("Owner:Ada FLAGGED Unused>90d", [Term(.owner("Ada")), Term(.flagged), Term(.unused(.moreThan, .days(90)))]),
    ]) func `a filter of tokens is read`(text: String, terms: [Filter.Term]) throws {
        #expect(try Filter(parsing: text, for: .tokens).terms == terms)
    }

    @Test(arguments: [
        (Filter.List.members, "pending !removed role:writer seen>30d created<1d", 5),
        (.roles, "release created>1y", 2),
        (.audit, "by:ada action:delete on:token refused imported", 5),
    ]) func `each list has conditions of its own`(list: Filter.List, text: String, count: Int) throws {
        let filter = try Filter(parsing: text, for: list)
        #expect(filter.terms.count == count)
        #expect(filter.description.split(separator: " ").count == count)
    }

    @Test func `conditions of the audit log are read`() throws {
        let filter = try Filter(parsing: "by:ada action:delete on:token refused", for: .audit)
        #expect(filter.terms.map(\.condition) == [.actor("ada"), .action("delete"), .targetKind(.token), .refused])
        #expect(try Filter(parsing: "seen>30d", for: .members).terms == [Term(.seen(.moreThan, .days(30)))])
    }

    @Test(arguments: [
        ("nightly \"export", 8, FilterFault.Reason.unclosedQuote),
        ("owner:\"ada", 6, .unclosedQuote),
        ("!", 0, .nothingExcluded),
        ("a ! b", 2, .nothingExcluded),
        ("名 ownr:ada", 2, .unknownField("ownr", known: signed)),
        ("seen>3d", 0, .unknownField("seen", known: signed)),
        ("flagged:yes", 0, .unknownField("flagged", known: signed)),
        ("owner:", 6, .missingValue(field: "owner")),
        ("owner: ada", 0, .meant("owner:ada")),
        ("a owner=kim", 2, .meant("owner:kim")),
        ("owner==\"Kim Berg\" a", 0, .meant("owner:\"Kim Berg\"")),
        ("owner!=kim", 0, .meant("!owner:kim")),
        ("!owner=kim", 0, .meant("!owner:kim")),
        ("owner : kim", 0, .meant("owner:kim")),
        ("owner=", 0, .meant("owner:…")),
        ("flagged=true", 0, .meant("flagged")),
        ("unused >90d", 0, .meant("unused>90d")),
        ("unused > 90d", 0, .meant("unused>90d")),
        ("unused<= 90d", 0, .meant("unused<90d")),
        ("expires=never", 0, .meant("expires:never")),
        ("expires:<14d", 0, .meant("expires<14d")),
        ("owner:kim OR owner:lea", 10, .joining("OR")),
        ("kim AND lea", 4, .joining("AND")),
        ("NOT kim", 0, .joining("NOT")),
        ("kim || lea", 4, .joining("||")),
        ("unused>", 7, .missingValue(field: "unused")),
        ("kind:robot", 5, .unknownValue("robot", field: "kind", known: ["personal", "service", "account"])),
        ("finding:admin,,unused", 14, .unknownValue("", field: "finding", known: HygieneRule.allCases.map(\.word))),
        ("finding:unused,x", 15, .unknownValue("x", field: "finding", known: HygieneRule.allCases.map(\.word))),
        ("expires:soon", 8, .unknownValue("soon", field: "expires", known: ["never"])),
        ("unused:90d", 6, .wantsComparison(field: "unused")),
        ("owner>ada", 5, .wantsValue(field: "owner")),
        ("unused>90", 7, .badTimeSpan("90")),
        ("unused>d", 7, .badTimeSpan("d")),
        ("unused>-1d", 7, .badTimeSpan("-1d")),
        ("unused>+1d", 7, .badTimeSpan("+1d")),
        ("unused>1.5d", 7, .badTimeSpan("1.5d")),
        ("a unused>101y", 9, .timeSpanTooLong("101y")),
        ("unused>9223372036854775807y", 7, .timeSpanTooLong("9223372036854775807y")),
        (String(repeating: "a", count: 501), 500, .tooLong(limit: 500)),
        (String(repeating: "a ", count: 21), 40, .tooManyTerms(limit: 20)),
    ]) func `a filter that can't be understood is refused with place and reason`(
        text: String, place: Int, reason: FilterFault.Reason
    ) {
        #expect(throws: FilterFault(reason, at: place)) { try Filter(parsing: text, for: .tokens) }
    }

    @Test(arguments: ["a=b", "unused", "owner", "search and destroy", "owner !flagged", "\"owner=kim\"", ">90d", "flagged kim", "created by kim"])
    func `a search for a text is none of the conditions of other languages`(text: String) throws {
        #expect(try !Filter(parsing: text, for: .tokens).terms.isEmpty)
    }

    @Test(arguments: [
        ("admin", ["role:admin", "finding:admin"]), ("nightly ADMIN", ["role:admin", "finding:admin"]), ("service", ["kind:service"]),
        ("\"unused\" reader", ["finding:unused"]), ("administrator", []), ("!admin", []), ("role:admin", []), ("", []),
    ] as [(String, [String])])
    func `a text that is a value of a field is told by the field`(text: String, meant: [String]) throws {
        #expect(try Filter(parsing: text, for: .tokens).meantConditions(in: .tokens) == meant)
    }

    /// The view of what may do too much left out the tokens with the scope of an admin.
    @Test func `the view of over-privileged tokens asks for every finding of too much`() throws {
        let view = try #require(SavedView.suggested.first { $0.name == "over-privileged" })
        let wanted: [HygieneRule] = [.accountWide, .adminScope, .wildcardPolicy, .selfEscalating, .overPrivileged]
        #expect(try Filter(parsing: view.filter, for: view.list).terms == [Term(.finding(wanted))])
    }

    @Test func `an unknown finding names those that there are`() throws {
        let fault = #expect(throws: FilterFault.self) { try Filter(parsing: "finding:x", for: .tokens) }
        guard case .unknownValue("x", field: "finding", known: let known) = fault?.reason else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(known.count == HygieneRule.allCases.count)
    }

    @Test(arguments: [
        "kim", "\"kim berg\"", "!flagged", "owner:ada", "!owner:\"Ada Berg\"", "role:admin", "kind:service",
        "finding:no-expiry", "finding:wildcard,admin", "never", "unused>90d", "unused<36h", "expires<14d", "expires:never", "created>1d",
        "\"flagged\"", "\"refused\"", "\"a:b\"", "\"!a\"", "\"owner=kim\"", "\"OR\"", "owner:\"=x\"", "or", "and", #""say \"hi\" \\""#, #"owner:"\"x""#, "imported",
        "quarantined", "!planned", "\"\"",
    ]) func `a filter is written as it is read`(text: String) throws {
        #expect(try Filter(parsing: text, for: .tokens).description == text)
    }

    @Test func `the vocabulary is what can be typed`() throws {
        for list in Filter.List.allCases {
            for word in Filter.vocabulary(of: list) {
                let values = ["kind:": "service", "finding:": "unused", "on:": "token"]
                let text =
                    word.hasSuffix(">") ? word + "1d" : word.hasSuffix(":") ? word + (values[word] ?? "x") : word
                let filter = try Filter(parsing: text, for: list)
                #expect(filter.terms.first.map(\.condition) != .text(text), "`\(text)` of \(list)")
                #expect(filter.description == text)
            }
        }
        #expect(Filter.vocabulary(of: .audit).contains("refused"))
    }
}
