@testable import PatrolDomain
@testable import PatrolStorage
import Testing

/// No list may cost more because the account is larger: each is a walk over an index from one place on.
@Suite struct `Query plans` {
    let folder = TemporaryFolder()

    private static var lists: [(String, [ListSegment])] {
        var lists: [(String, [ListSegment])] = []
        for isReversed in [false, true] {
            for sort in TokenSort.allCases {
                lists.append(
                    ("tokens \(sort) \(isReversed)", [TokenLists.all(sort, isReversed: isReversed, filter: Filter(), at: Made.start)]))
            }
            for sort in MemberSort.allCases {
                lists.append(
                    ("members \(sort) \(isReversed)", [MemberLists.all(sort, isReversed: isReversed, filter: Filter(), at: Made.start)]))
            }
            for sort in RoleSort.allCases {
                // The five base roles are sorted as they are read.
                let segments = RoleLists.all(sort, isReversed: isReversed, filter: Filter(), at: Made.start)
                lists.append(("roles \(sort) \(isReversed)", segments.filter { $0.source != RoleLists.baseSource }))
            }
        }
        return lists + [
            ("tokens of an owner", [TokenLists.of(Made.owner)]),
            ("tokens of a role", [TokenLists.scopedBy(RoleID("r")!)]),
            ("tokens of a base role", [TokenLists.scopedBy(BaseRole.reader)]),
            ("log", AuditLists.all(filter: Filter(), at: Made.start)),
            ("history of a thing", AuditLists.of(.token, "t")),
        ]
    }

    private func plan(_ connection: Connection, _ query: ListSegment.Query) throws -> [String] {
        try connection.rows("EXPLAIN QUERY PLAN " + query.sql, query.values) { row throws(StorageError) in
            try row.text(3)
        }
    }

    @Test func `every list is walked by an index, from any place, both ways`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        for (name, segments) in Self.lists {
            for segment in segments {
                for direction in [ListSegment.Direction.forward, .backward] {
                    let keyed: [Value] = segment.key == nil ? [.integer(5)] : [.integer(5), .integer(5)]
                    for bound in [nil, ListSegment.Bound(values: keyed, isIncluded: false)] {
                        for query in segment.queries(bound, direction) {
                            let plan = try plan(store.reader, query)
                            requireWalk(plan, name, segment, isBound: bound != nil)
                        }
                    }
                }
            }
        }
    }

    private func requireWalk(_ plan: [String], _ name: String, _ segment: ListSegment, isBound: Bool) {
        #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(name): \(plan)")
        let steps = plan.filter { !$0.contains("INDEX") && !$0.contains("PRIMARY KEY") }
        // The log by number, and the five base roles, are in the order of their tables.
        let isByNumber = segment.key == nil && segment.fixed.isEmpty
        #expect(isByNumber ? steps.count <= 1 : steps.isEmpty, "\(name): \(plan)")
        guard isBound else { return }
        #expect(plan[0].contains("SEARCH"), "\(name): \(plan)")
        // The place is found by all that is known of it: no column of it is left to a comparison.
        let terms = plan[0].split(separator: "?").count - 1
        let isLater = plan[0].contains(">?)") || plan[0].contains("<?)")
        #expect(isLater || name == "tokens of a role", "\(name): \(plan)")
        #expect(terms >= segment.fixed.count + 1, "\(name): \(plan)")
    }

    @Test func `candidates of a filter's terms are found by an index`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let now = Made.start
        let tokens: [Filter.Condition] = [
            .text("kim"), .owner("kim"), .role("ops"), .kind(.service), .finding([.unused]), .finding([.adminScope, .wildcardPolicy]), .imported, .flagged, .quarantined, .planned,
            .unused(.moreThan, .days(9)), .unused(.lessThan, .days(9)), .neverUsed, .expires(.lessThan, .days(9)),
            .expires(.moreThan, .days(9)), .neverExpires, .created(.moreThan, .days(9)), .created(.lessThan, .days(9)),
        ]
        let members: [Filter.Condition] = [.text("kim"), .role("ops"), .seen(.moreThan, .days(9)), .seen(.lessThan, .days(9))]
        var queries = tokens.map { ("\($0)", TokenCandidates.find($0, isDeleted: .integer(0), now: now)) }
        queries += members.map { ("\($0)", MemberCandidates.find($0, isRemoved: .integer(0), now: now)) }
        queries += [.actor("kim"), .targetKind(.role)].map { ("\($0)", AuditCandidates.find($0)) }
        queries.append(("past", AuditCandidates.findPast(.text("kim"))))
        for (name, query) in queries {
            let query = try #require(query, "\(name)")
            let plan = try plan(store.reader, ListSegment.Query(sql: query.sql, values: query.values))
            let scans = plan.filter { $0.hasPrefix("SCAN") }
            // A table of words is found by them; an index that holds nothing else is read as it is.
            #expect(scans.allSatisfy { $0.contains("VIRTUAL TABLE INDEX") || $0.contains("token_imported") || $0.contains("token_quarantined") || $0.contains("token_planned") || $0 == "SCAN used" }, "\(name): \(plan)")
        }
        let words = try #require(AuditLists.all(filter: Filter(terms: [.init(.text("kim"))]), at: now)[0].words.first.map { AuditCandidates.stream([$0]) })
        let refused = try #require(AuditCandidates.stream(Filter(terms: [.init(.refused)])))
        let log = AuditLists.all(filter: Filter(), at: now)[0]
        for stream in [words, refused] {
            let query = log.queries(.init(values: [.integer(9)], isIncluded: false), .forward, by: .stream(stream))[0]
            #expect(try !plan(store.reader, query).contains { $0.contains("TEMP B-TREE") })
        }
    }

    @Test func `every other question is a search, too`() throws {
        let store = try Store.founded(at: folder["patrol.db"])
        let questions = [
            "SELECT 1 FROM member WHERE email_key = ? AND removed_at IS NULL",
            "SELECT 1 FROM role WHERE key = ? AND deleted_at IS NULL",
            "SELECT 1 FROM role WHERE is_deleted = 0 AND name_key = ? AND id IS NOT ?2",
            "SELECT 1 FROM secret WHERE token = ? ORDER BY created_at DESC, id DESC LIMIT 9",
            "SELECT 1 FROM token INDEXED BY token_risk_due WHERE deleted_at IS NULL AND risk_due_at <= ? ORDER BY risk_due_at LIMIT 9",
            "SELECT 1 FROM token INDEXED BY token_quarantine_ends WHERE quarantine_ends_at IS NOT NULL AND deleted_at IS NULL AND quarantine_ends_at <= ? AND quarantine_ends_at >= ?2 AND (quarantine_ends_at, number) > (?2, 5) ORDER BY quarantine_ends_at, number LIMIT 9",
            "SELECT 1 FROM token INDEXED BY token_planned WHERE planned_at IS NOT NULL AND deleted_at IS NULL AND planned_at <= ? AND planned_at >= ?2 AND (planned_at, number) > (?2, 5) AND coalesce(quarantine_ends_at, ?1 + 1) > ?1 ORDER BY planned_at, number LIMIT 9",
            "SELECT day, action, sum(allowed) FROM usage WHERE token = ? AND day >= ?2 GROUP BY day, action ORDER BY day DESC, action DESC LIMIT 9",
            "SELECT 1 FROM audit WHERE op_id = ?",
            "SELECT 1 FROM audit WHERE seq > ? ORDER BY seq LIMIT 9",
            "UPDATE token SET risk_due_at = 0 WHERE risk_due_at <> 0 AND owner = ? AND is_deleted = 0",
            "SELECT 1 FROM member WHERE base_role = ? AND is_removed = 0 ORDER BY number LIMIT 9",
        ]
        for question in questions {
            let plan = try store.reader.rows("EXPLAIN QUERY PLAN " + question, Array(repeating: .null, count: question.contains("?2") ? 2 : 1)) {
                row throws(StorageError) in try row.text(3)
            }
            #expect(plan.allSatisfy { $0.contains("SEARCH") && !$0.contains("TEMP B-TREE") }, "\(question): \(plan)")
        }
    }
}
