import PatrolDomain
import PatrolJSON
import Testing

struct PolicyJSONTests {
    @Test(arguments: [
        #"[]"#,
        #"[{"effect":"allow","actions":["*"],"resources":["proj/*:env/*;qa_*:flag/*"]}]"#,
        #"[{"effect":"deny","notActions":["viewProject"],"notResources":["proj/a","proj/b"]}]"#,
        #"[{"effect":"allow","actions":["update*"],"notResources":["acct"]},{"effect":"deny","actions":["*"],"resources":["*"]}]"#,
    ])
    func `a policy is read, and written as it came`(text: String) throws {
        let policy = try Policy(parsingJSON: text)
        #expect(policy.json.text() == text)
        #expect(try Policy(json: policy.json) == policy)
    }

    @Test func `an empty list beside a full one counts as absent`() throws {
        let policy = try Policy(
            parsingJSON:
                #"[{"effect":"allow","actions":["a"],"notActions":[],"resources":[],"notResources":["acct"]}]"#)
        #expect(
            policy.json.text()
                == #"[{"effect":"allow","actions":["a"],"notResources":["acct"]}]"#)
    }

    @Test(arguments: [
        (#"{}"#, PolicyFault(.notAList)),
        (#"[1]"#, PolicyFault(.notAnObject, statement: 0)),
        (#"[{}]"#, PolicyFault(.missing, statement: 0, field: "effect")),
        (#"[{"effect":1}]"#, PolicyFault(.notAText, statement: 0, field: "effect")),
        (
            #"[{"effect":"Allow","actions":["a"],"resources":["*"]}]"#,
            PolicyFault(.unknownEffect("Allow"), statement: 0, field: "effect")
        ),
        (
            #"[{"effect":"allow","actions":["a"],"notActions":["b"],"resources":["*"]}]"#,
            PolicyFault(.excludes("notActions"), statement: 0, field: "actions")
        ),
        (
            #"[{"effect":"allow","actions":["a"],"resources":["*"]},{"effect":"deny","actions":["a"]}]"#,
            PolicyFault(.bothEmpty("notResources"), statement: 1, field: "resources")
        ),
        (
            #"[{"effect":"allow","actions":[],"notActions":[],"resources":["*"]}]"#,
            PolicyFault(.bothEmpty("notActions"), statement: 0, field: "actions")
        ),
        (
            #"[{"effect":"allow","actions":"a","resources":["*"]}]"#,
            PolicyFault(.notAList, statement: 0, field: "actions")
        ),
        (
            #"[{"effect":"allow","actions":null,"notActions":["a"],"resources":["*"]}]"#,
            PolicyFault(.notAList, statement: 0, field: "actions")
        ),
        (
            #"[{"effect":"allow","actions":["a",2],"resources":["*"]}]"#,
            PolicyFault(.notAText, statement: 0, field: "actions", element: 1)
        ),
        (
            #"[{"effect":"allow","actions":["a"],"resources":["*"],"resource":["*"]}]"#,
            PolicyFault(.unknownField, statement: 0, field: "resource")
        ),
        (
            #"[{"effect":"allow""#,
            PolicyFault(.json(JSONFault(.unfinished, line: 1, column: 18)))
        ),
        (
            #"[{"effect":"allow","effect":"deny","actions":["a"],"resources":["*"]}]"#,
            PolicyFault(.json(JSONFault(.duplicateName, line: 1, column: 27)))
        ),
    ] as [(String, PolicyFault)])
    func `a faulty policy is refused with the place`(text: String, fault: PolicyFault) {
        #expect(throws: fault) { try Policy(parsingJSON: text) }
    }

    @Test func `a pattern that does not parse is named with its place`() {
        let text = #"[{"effect":"allow","actions":["a"],"resources":["*","proj/a,b"]}]"#
        #expect {
            try Policy(parsingJSON: text)
        } throws: {
            guard let fault = $0 as? PolicyFault, case .pattern("proj/a,b", _) = fault.reason else {
                return false
            }
            return fault.path == "statement 1, resources, entry 2"
        }
    }

    @Test func `limits are kept`() {
        let one = #"{"effect":"allow","actions":["a"],"resources":["*"]}"#
        let many = "[" + Array(repeating: one, count: 501).joined(separator: ",") + "]"
        #expect(throws: PolicyFault(.tooManyStatements(limit: 500))) {
            try Policy(parsingJSON: many)
        }
        let names = Array(repeating: #""a""#, count: 201).joined(separator: ",")
        let long = #"[{"effect":"allow","actions":[\#(names)],"resources":["*"]}]"#
        #expect(throws: PolicyFault(.tooManyPatterns(limit: 200), statement: 0, field: "actions")) {
            try Policy(parsingJSON: long)
        }
    }

    @Test func `another system's unknown fields and nulls are passed over, and named`() throws {
        let json = try JSON(
            parsing:
                #"[{"effect":"allow","actions":["a"],"notActions":null,"resources":["*"],"role_name":"x"}]"#)
        let policy = try Policy(json: json, reading: .tolerant)
        #expect(policy.statements.count == 1)
        #expect(Policy.unknownFields(in: json) == ["role_name"])
    }
}
