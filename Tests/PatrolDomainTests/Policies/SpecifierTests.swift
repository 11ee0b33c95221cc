import Testing

@testable import PatrolDomain

@Suite struct SpecifierTests {
    @Test(arguments: [
        ("", 0, SpecifierFault.Reason.empty),
        ("flag", 4, .missingKey(type: "flag")),
        ("proj/", 5, .missingKey(type: "proj")),
        ("proj/a:", 7, .missingType),
        ("proj/a:env", 10, .missingKey(type: "env")),
        ("/proj/a", 0, .missingType),
        ("proj/a://env/b", 8, .missingType),
        ("Proj/a", 0, .missingType),
        ("*/a", 0, .wildcardInType),
        ("pr*j/a", 2, .wildcardInType),
        ("proj/a:*", 7, .wildcardInType),
        ("*;tag", 0, .wildcardInType),
        ("acct/a", 4, .standsAlone(type: "acct")),
        ("acct;tag", 4, .standsAlone(type: "acct")),
        ("acct:role/a", 4, .standsAlone(type: "acct")),
        ("proj/a:acct", 7, .standsAlone(type: "acct")),
        ("proj/a,b", 6, .commaInKey),
        ("proj/a,proj/b", 6, .commaInKey),
        ("proj/a b", 6, .forbiddenCharacter(" ")),
        ("proj/a/env/b", 6, .forbiddenCharacter("/")),
        ("proj/ä", 5, .forbiddenCharacter("ä")),
        ("proj/a\u{202E}b", 6, .forbiddenCharacter("\u{202E}")),
        ("pröj/a", 2, .forbiddenCharacter("ö")),
        ("proj/a{b}", 6, .forbiddenCharacter("{")),
        ("proj/a;", 7, .missingSelector),
        ("proj/a;t,", 9, .missingSelector),
        ("proj/a;,t", 7, .missingSelector),
        ("proj/a;t;u", 8, .forbiddenCharacter(";")),
        ("proj/a;t u", 8, .forbiddenCharacter(" ")),
        ("proj/a;{critical:true", 7, .badProperty),
        ("proj/a;{critical}", 7, .badProperty),
        ("proj/a;{:true}", 7, .badProperty),
        ("proj/a;{critical:}", 7, .badProperty),
        ("proj/a;{critical:tr*}", 7, .badProperty),
        ("proj/a;{", 7, .badProperty),
        ("proj/a;{a:1},{a:2}", 13, .repeatedProperty("a")),
        ("proj/a;{a:1}b", 12, .forbiddenCharacter("b")),
        ("proj/a;view:", 12, .missingSelector),
        ("proj/${roleAttribute/p", 5, .badPlaceholder),
        ("proj/${roleAttribute/}", 5, .badPlaceholder),
        ("proj/${attribute/p}", 5, .badPlaceholder),
        ("proj/x-$", 7, .badPlaceholder),
        ("proj/a;${roleAttribute/p}", 7, .placeholderInTag),
        (String(repeating: "a", count: 1_001), 0, .tooLong(limit: 1_000)),
    ]) func `a specifier that can't be understood is refused with place and reason`(
        text: String, place: Int, reason: SpecifierFault.Reason
    ) {
        #expect(throws: SpecifierFault(reason, at: place)) { try ResourcePattern(parsing: text) }
    }

    @Test(arguments: [
        ("proj/*", 5, SpecifierFault.Reason.patternInResource),
        ("*", 0, .wildcardInType),
        ("proj/a;t*", 8, .patternInResource),
        ("proj/${roleAttribute/p}", 5, .patternInResource),
        ("proj/a:env", 10, .missingKey(type: "env")),
    ]) func `a resource is one thing`(text: String, place: Int, reason: SpecifierFault.Reason) {
        #expect(throws: SpecifierFault(reason, at: place)) { try Resource(parsing: text) }
    }

    @Test(arguments: [
        ("", 0, SpecifierFault.Reason.empty), ("update On", 6, .forbiddenCharacter(" ")),
        ("ä", 0, .forbiddenCharacter("ä")), ("update,create", 6, .forbiddenCharacter(",")),
        (String(repeating: "a", count: 201), 0, .tooLong(limit: 200)),
    ]) func `an action that can't be understood is refused with place and reason`(
        text: String, place: Int, reason: SpecifierFault.Reason
    ) {
        #expect(throws: SpecifierFault(reason, at: place)) { try ActionPattern(parsing: text) }
    }

    @Test(arguments: [
        "acct", "ip-allowlist", "proj/p", "proj/p;t1,t2:env/e:flag/f", "proj/p:env/e;{critical:true}:flag/f",
        "flag/f;t,{a:1},{b:2},view:front,view:back", "member/65f0:token/9b7e", "proj/p;view:env/e",
        "proj/p:env/e:user/kim@example.org",
    ]) func `a resource is written as it is read`(text: String) throws {
        #expect(try Resource(parsing: text).description == text)
    }

    @Test func `a resource is written in one way`() throws {
        let read = try Resource(parsing: "proj/p;{b:2},t1,view:v,{a:1},t0:/env/e")
        #expect(read.description == "proj/p;t1,t0,{a:1},{b:2},view:v:env/e")
        #expect(read.chain == "proj/*:env/*")
    }

    @Test(arguments: [
        // Bare star, and the chain of types.
        ("*", "acct", true), ("*", "proj/a:env/b:flag/c", true),
        ("acct", "acct", true), ("acct", "role/a", false),
        ("proj/*", "proj/a", true), ("proj/*", "proj/a:env/b", false),
        ("proj/a:env/*", "proj/a:env/b", true), ("proj/a:env/*", "proj/a:env/b:flag/c", false),
        ("proj/*:metric/*", "proj/a:env/b", false), ("member/*:token/*", "service-token/a", false),
        ("flag/*", "proj/a:env/b:flag/c", false),
        // Wildcards anywhere in a key; keys are case sensitive; a star stays in its segment.
        ("proj/a*", "proj/abc", true), ("proj/*c", "proj/abc", true), ("proj/a*c", "proj/abc", true),
        ("proj/a*c", "proj/ac", true), ("proj/a*b*c", "proj/aXbYbZc", true), ("proj/a*b*c", "proj/acb", false),
        ("proj/abc", "proj/ABC", false),
        ("proj/a*:env/*b", "proj/ax:env/xb", true), ("proj/a*b:env/c", "proj/ax:env/b", false),
        ("proj/*a*:env/*", "proj/b:env/a", false),
        // Tags: all of them, on their segment, in any case of ASCII.
        ("flag/*;a,b", "flag/f;a,b", true), ("flag/*;a,b", "flag/f;b,c,a", true), ("flag/*;a,b", "flag/f;a", false),
        ("env/*;qa_*", "env/e;qa_test", true), ("env/*;*_qa", "env/e;x_qa", true),
        ("env/*;QA_*", "env/e;qa_test", true),
        ("env/*;qa", "env/e;QA", true), ("env/*;qa", "env/e", false), ("env/*;*", "env/e", false),
        ("env/*;*", "env/e;view:v", false),
        ("proj/*;t:env/*", "proj/p;t:env/e", true), ("proj/*;t:env/*", "proj/p:env/e;t", false),
        // Properties and views.
        ("env/*;{critical:true}", "env/e;{critical:true}", true),
        ("env/*;{critical:true}", "env/e;{critical:false}", false), ("env/*;{critical:true}", "env/e", false),
        ("env/*;t,{critical:true}", "env/e;{critical:true},t", true),
        ("flag/*;view:front", "flag/f;view:front", true), ("flag/*;view:front", "flag/f;front", false),
        ("flag/*;view:fr*", "flag/f;view:back,view:front", true), ("flag/*;view:front", "flag/f;view:FRONT", false),
        // The old form.
        ("proj/*:/env/*;qa_*:/flag/*", "proj/a:env/b;qa_1:flag/c", true),
        // A tag named `view` at the end of a segment.
        ("proj/*;view:env/*", "proj/p;view:env/e", true), ("proj/*;view:env/*", "proj/p:env/e", false),
    ]) func `a pattern matches what it says`(pattern: String, resource: String, isMatching: Bool) throws {
        let asked = AskedFor(Request(Action("x"), on: try Resource(parsing: resource)))
        #expect(try ResourcePattern(parsing: pattern).matches(asked, attributes: [:]) == isMatching)
    }

    @Test(arguments: [
        ("proj/${roleAttribute/p}", ["p": ["a"]], "proj/a", true),
        ("proj/${roleAttribute/p}", ["p": ["a"]], "proj/b", false),
        ("proj/${roleAttribute/p}", ["p": ["a", "b"]], "proj/b", true),
        ("proj/${roleAttribute/p}", ["p": ["mobile-*"]], "proj/mobile-ios", true),
        ("proj/${roleAttribute/p}", ["p": []], "proj/a", false),
        ("proj/${roleAttribute/p}", [:], "proj/a", false),
        ("proj/${roleAttribute/p}", ["q": ["a"]], "proj/a", false),
        ("proj/team-${roleAttribute/p}-*", ["p": ["a", "b*"]], "proj/team-bcd-x", true),
        ("proj/team-${roleAttribute/p}-*", ["p": ["a", "b*"]], "proj/team-acd-x", false),
        ("proj/${roleAttribute/p}${roleAttribute/q}", ["p": ["a", "ab"], "q": ["c", "bc"]], "proj/abc", true),
        ("proj/${roleAttribute/p}${roleAttribute/q}", ["p": ["a", "ab"], "q": ["c", "bc"]], "proj/abbcx", false),
        ("proj/${roleAttribute/p}:env/${roleAttribute/e}", ["p": ["a"], "e": ["x"]], "proj/a:env/x", true),
        ("proj/${roleAttribute/p}:env/${roleAttribute/e}", ["p": ["a"], "e": ["x"]], "proj/x:env/a", false),
        ("proj/${roleAttribute/p};t", ["p": ["a"]], "proj/a;t", true),
        ("proj/${roleAttribute/p};t", ["p": ["a"]], "proj/a", false),
        // A value stays in its key.
        ("proj/${roleAttribute/p}", ["p": ["a:env/b", "a;t"]], "proj/a;t", false),
    ] as [(String, RoleAttributes, String, Bool)])
    func `a placeholder stands for any of its values`(
        pattern: String, attributes: RoleAttributes, resource: String, isMatching: Bool
    ) throws {
        let asked = AskedFor(Request(Action("x"), on: try Resource(parsing: resource)))
        #expect(try ResourcePattern(parsing: pattern).matches(asked, attributes: attributes) == isMatching)
    }

    @Test(arguments: [
        ("updateOn", "updateOn", true), ("updateOn", "updateon", false), ("update*", "updateOn", true),
        ("*", "anything", true), ("*Flag", "createFlag", true), ("u*e*n", "updateOn", true),
        ("update*", "createFlag", false), ("updateOn", "updateOnce", false),
    ]) func `an action pattern matches what it says`(pattern: String, action: String, isMatching: Bool) throws {
        #expect(try ActionPattern(parsing: pattern).matches(Action(action)) == isMatching)
    }

    /// A pattern of many stars against a text that almost matches makes a matcher that tries every
    /// way take longer than anybody lives.
    @Test func `no pattern takes long`() throws {
        let pattern = String(repeating: "a*", count: 450) + "b"
        let text = String(repeating: "a", count: 990)
        let asked = AskedFor(Request(Action("x"), on: try Resource(parsing: "proj/\(text)")))
        #expect(try !ResourcePattern(parsing: "proj/\(pattern)").matches(asked, attributes: [:]))
        let many = ["p": [String](repeating: "a*a*a*", count: 50)]
        let places = String(repeating: "${roleAttribute/p}", count: 40)
        #expect(try !ResourcePattern(parsing: "proj/\(places)b").matches(asked, attributes: many))
    }

    @Test(arguments: [
        ("view", true), ("viewProject", true), ("viewer", false), ("review", false), ("vie", false),
        ("updateView", false), ("View", false),
    ]) func `an action that only looks is told by its name`(action: String, isView: Bool) {
        #expect(Action(action).isView == isView)
    }
}
