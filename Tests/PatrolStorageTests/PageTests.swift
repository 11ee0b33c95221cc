@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite struct `Pages of people, roles and the log` {
    let folder = TemporaryFolder()
    private static let now = LargeAccount.now

    @Test func `members by page are all members, sorted, in every sort and filter`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        let filters: [(Filter.Condition?, (Member) -> Bool)] = [
            (nil, { _ in true }),
            (.text("LAST1"), { $0.lastName.contains("Last1") }),
            (.text("member1"), { $0.email.hasPrefix("member1") || $0.id.text.hasPrefix("member1") }),
            (.text("first3 last1"), { ($0.firstName + " " + $0.lastName).hasPrefix("First3 Last1") }),
            (.pending, { $0.isPending }),
            (.role("writer"), { $0.baseRole == .writer }),
            (
                .role("ops-2"),
                { member in
                    member.customRoles.contains(account.roles[2].id)
                        || account.members[3..<9].contains { $0.id == member.id }
                }
            ),
            (.seen(.moreThan, .days(195)), { Self.now - ($0.lastSeenAt ?? $0.createdAt) > .days(195) }),
            (.seen(.lessThan, .days(195)), { $0.lastSeenAt.map { Self.now - $0 < .days(195) } ?? false }),
            (
                .flagged,
                { member in
                    account.tokens.contains { $0.owner == member.id && $0.flag != nil && $0.deletedAt == nil }
                }
            ),
            (.neverExpires, { _ in false }),
        ]
        for sort in MemberSort.allCases {
            for (condition, isWanted) in filters {
                let filter = Filter(terms: condition.map { [.init($0)] } ?? [])
                let expected = account.members.filter { $0.removedAt == nil && isWanted($0) }
                for isReversed in [false, true] {
                    func page(_ request: PageRequest) throws -> Page<MemberRow> {
                        try account.store.read { r throws(StorageError) in
                            try r.memberPage(
                                request, sort: sort, isReversed: isReversed, filter: filter, at: Self.now)
                        }
                    }
                    let walk = try Walk.forward(limit: 5, scanLimit: 11, page)
                    #expect(try Walk.backward(limit: 8, scanLimit: 13, page) == walk)
                    #expect(try Walk.forward(limit: 6, lookLimit: 2, page) == walk)
                    #expect(try Walk.backward(limit: 6, lookLimit: 2, page) == walk)
                    #expect(Set(walk.map(\.row.member)) == Set(expected), "\(sort) \(String(describing: condition))")
                    #expect(walk.count == expected.count)
                    let ordered = isReversed ? walk.reversed() : walk
                    for (left, right) in zip(ordered, ordered.dropFirst()) {
                        let (more, less) = (left.row, right.row)
                        let (left, right) = (left.row.member, right.row.member)
                        switch sort {
                        case .name: #expect(left.displayName.lowercased() <= right.displayName.lowercased())
                        case .email: #expect(left.email.lowercased() <= right.email.lowercased())
                        case .role: 
                            let order: [BaseRole] = [.owner, .admin, .writer, .reader, .noAccess]
                            #expect(order.firstIndex(of: left.baseRole)! <= order.firstIndex(of: right.baseRole)!)
                        case .tokens: #expect(more.tokenCount >= less.tokenCount)
                        case .worst: #expect(more.worst?.score ?? 0 >= less.worst?.score ?? 0)
                        case .lastSeen:
                            #expect((left.lastSeenAt?.milliseconds ?? 0) >= (right.lastSeenAt?.milliseconds ?? 0))
                        }
                    }
                }
            }
        }
    }

    @Test func `roles by page are the base roles and then the custom ones by key`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        func page(_ request: PageRequest, _ filter: Filter = Filter()) throws -> Page<RoleRow> {
            try account.store.read { r throws(StorageError) in
                try r.rolePage(request, filter: filter, at: Self.now)
            }
        }
        let walk = try Walk.forward(limit: 4, scanLimit: 6) { try page($0) }
        let custom = account.roles.filter { $0.deletedAt == nil }.map(\.key.text)
            .sorted { $0.lowercased() < $1.lowercased() }
        #expect(walk.map(\.row.key) == BaseRole.allCases.map(\.rawValue) + custom)
        #expect(try Walk.backward(limit: 3, scanLimit: 4) { try page($0) } == walk)
        let removed = try Walk.forward(limit: 4) { try page($0, Filter(terms: [.init(.removed)])) }
        #expect(Set(removed.map(\.row.key)) == Set(account.roles.filter { $0.deletedAt != nil }.map(\.key.text)))
        let named = try Walk.forward(limit: 4) { try page($0, Filter(terms: [.init(.text("WRI"))])) }
        #expect(named.map(\.row.key) == ["writer"])
        for item in walk {
            guard case .custom(let role) = item.row.listing else { continue }
            let holders = account.members.filter { $0.removedAt == nil && $0.customRoles.contains(role.id) }
            #expect(item.row.memberCount == holders.count)
            #expect(item.row.teamCount == (role.id == account.roles[2].id ? 1 : 0))
        }
    }

    @Test func `roles are sorted by each of their columns, the base roles before the others`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        for sort in RoleSort.allCases {
            func page(_ request: PageRequest, _ isReversed: Bool) throws -> Page<RoleRow> {
                try account.store.read { r throws(StorageError) in
                    try r.rolePage(request, sort: sort, isReversed: isReversed, at: Self.now)
                }
            }
            let walk = try Walk.forward(limit: 4, scanLimit: 6) { try page($0, false) }
            #expect(try Walk.backward(limit: 3) { try page($0, false) } == walk)
            #expect(walk.prefix(5).allSatisfy { if case .base = $0.row.listing { true } else { false } })
            #expect(walk.count == 15)
            let reversed = try Walk.forward(limit: 4) { try page($0, true) }
            #expect(reversed.map(\.row.key) == walk.map(\.row.key).reversed(), "\(sort)")
            let custom = walk.dropFirst(5).map(\.row)
            for (left, right) in zip(custom, custom.dropFirst()) {
                switch sort {
                case .kind, .key: #expect(left.key.lowercased() < right.key.lowercased())
                case .name: #expect(left.name.lowercased() <= right.name.lowercased())
                case .members: #expect(left.memberCount >= right.memberCount)
                case .teams: #expect(left.teamCount >= right.teamCount)
                case .tokens: #expect(left.tokenCount >= right.tokenCount)
                }
            }
        }
    }

    /// A common word would make the table of words gather half the log: it is left to the entries themselves.
    @Test func `words of the log lead to the same entries whether they are rare or common`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        for number in 0..<600 {
            try account.store.write { writing throws(StorageError) in
                _ = try writing.record(Made.ruling(Made.event(.roleEdited, comment: number == 3 ? "zebra common" : "common \(number)")))
            }
        }
        for (text, count) in [("zebra", 1), ("common", 600), ("zebra common", 1), ("common 59", 11), ("common nowhere", 0)] {
            let filter = try Filter(parsing: text == "common 59" ? "\"common 59\"" : text, for: .audit)
            var pages: [[Page<AuditRow>.Item]] = []
            for lookLimit in [1, 2, 50, 20_000] {
                func page(_ request: PageRequest) throws -> Page<AuditRow> {
                    try account.store.read { r throws(StorageError) in
                        try r.auditPage(request, filter: filter, at: Self.now)
                    }
                }
                pages.append(try Walk.forward(limit: 7, lookLimit: lookLimit, page))
                pages.append(try Walk.backward(limit: 7, lookLimit: lookLimit, page))
            }
            #expect(Set(pages.map(\.count)) == [count], "\(text)")
            #expect(Set(pages).count == 1, "\(text)")
        }
        let both = try Filter(parsing: "zebra common", for: .audit)
        let rare = try account.store.read { r throws(StorageError) in
            try r.auditPage(PageRequest(limit: 9, lookLimit: 2), filter: both, at: Self.now)
        }
        #expect(rare.lookedAt < 9)
    }

    @Test func `activity counts the entries of each span, whenever they were`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        let all = try account.store.read { r throws(StorageError) in try r.audit(after: 0, limit: 5_000) }
        for (span, count) in [(TimeSpan.hours(1), 24), (.days(1), 30), (.minutes(7), 400), (.days(300), 2)] {
            let now = try #require(all.last).at + .minutes(3)
            let activity = try account.store.read { r throws(StorageError) in
                try r.activity(span: span, count: count, at: now)
            }
            #expect(activity.counts.count == count && activity.span == span)
            for (place, found) in activity.counts.enumerated() {
                let start = activity.start + TimeSpan(milliseconds: span.milliseconds * Int64(place))
                let end = start + span
                #expect(found == all.filter { $0.at > start && $0.at <= end }.count)
            }
        }
    }

    @Test func `the log by page goes on with imported entries`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        let last = try account.store.read { r throws(StorageError) in try r.lastSequence() }
        func page(_ request: PageRequest, _ filter: Filter = Filter()) throws -> Page<AuditRow> {
            try account.store.read { r throws(StorageError) in
                try r.auditPage(request, filter: filter, at: Self.now)
            }
        }
        let walk = try Walk.forward(limit: 50, scanLimit: 60) { try page($0) }
        #expect(try Walk.backward(limit: 41, scanLimit: 43) { try page($0) } == walk)
        let own = walk.compactMap { if case .entry(let entry) = $0.row { entry.sequence } else { nil } }
        #expect(own == Array((1...last).reversed()))
        let past = walk.dropFirst(own.count).compactMap { if case .past(let entry) = $0.row { entry } else { nil } }
        #expect(past.count == 70 && past.map(\.at) == past.map(\.at).sorted(by: >))
        #expect(
            try account.store.read { r throws(StorageError) in try r.tally().auditEntries } == walk.count)
        let filters: [(Filter.Condition, (AuditRow) -> Bool)] = [
            (.refused, { if case .entry(let entry) = $0 { !entry.isAllowed } else { false } }),
            (.imported, { if case .past = $0 { true } else { false } }),
            (.targetKind(.member), { if case .entry(let entry) = $0 { entry.target.kind == .member } else { false } }),
            (
                .action("DELETE"),
                { if case .past(let entry) = $0 { entry.action == "deleteFlag" } else { false } }
            ),
            (
                .action("member.inv"),
                { if case .entry(let entry) = $0 { entry.name == "member.invited" } else { false } }
            ),
            (.text("no 12"), { if case .entry(let entry) = $0 { entry.comment == "no 12" } else { false } }),
            (
                .text("ada@"),
                { _ in false }
            ),
            (
                .actor("ada@"),
                { if case .entry(let entry) = $0 { entry.actorID == "owner" } else { false } }
            ),
            (
                .actor("member-2"),
                {
                    switch $0 {
                    case .entry(let entry): entry.actorID == "member-2"
                    case .past(let entry): entry.actorID == "member-2"
                    }
                }
            ),
        ]
        for (condition, isWanted) in filters {
            for isExcluded in [false, true] {
                let filter = Filter(terms: [.init(condition, isExcluded: isExcluded)])
                let found = try Walk.forward(limit: 20, scanLimit: 33) { try page($0, filter) }
                #expect(found == walk.filter { isWanted($0.row) != isExcluded }, "\(condition) \(isExcluded)")
                #expect(try Walk.backward(limit: 19, scanLimit: 31) { try page($0, filter) } == found)
                #expect(try Walk.forward(limit: 20, lookLimit: 3) { try page($0, filter) } == found)
                #expect(try Walk.backward(limit: 23, lookLimit: 3) { try page($0, filter) } == found)
            }
        }
    }

    @Test func `the history of a thing is all that the log says of them`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        let all = try Walk.forward(limit: 500) { request in
            try account.store.read { r throws(StorageError) in try r.auditPage(request, at: Self.now) }
        }.map(\.row)
        for member in account.members.prefix(6) {
            let about = try Walk.forward(limit: 2) { request in
                try account.store.read { r throws(StorageError) in
                    try r.history(of: .member, member.id.text, request)
                }
            }
            #expect(about.map(\.row) == all.filter { row in
                if case .entry(let entry) = row { entry.target.kind == .member && entry.target.id == member.id.text } else { false }
            })
        }
    }

    @Test func `the numbers that lists show are those that were counted`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        let connection = account.store.reader
        let faults = try connection.rows(
            """
            SELECT 'member ' || id FROM member
            WHERE token_count <> (SELECT count(*) FROM token WHERE owner = member.id AND deleted_at IS NULL)
            UNION ALL SELECT 'role ' || id FROM role
            WHERE token_count <> (
                SELECT count(*) FROM token_role JOIN token ON token.id = token
                WHERE role = role.id AND deleted_at IS NULL)
            OR member_count <> (
                SELECT count(*) FROM member_role JOIN member ON member.id = member
                WHERE role = role.id AND removed_at IS NULL)
            OR team_count <> (SELECT count(*) FROM team_role WHERE role = role.id)
            UNION ALL SELECT 'base ' || name FROM base_role
            WHERE member_count <> (SELECT count(*) FROM member WHERE base_role = name AND removed_at IS NULL)
            OR token_count <> (SELECT count(*) FROM token WHERE token.base_role = base_role.name AND deleted_at IS NULL)
            UNION ALL SELECT 'tally' FROM tally
            WHERE members <> (SELECT count(*) FROM member WHERE removed_at IS NULL)
            OR tokens <> (SELECT count(*) FROM token WHERE deleted_at IS NULL)
            OR flagged_tokens <> (SELECT count(*) FROM token WHERE deleted_at IS NULL AND flagged_at IS NOT NULL)
            OR roles <> (SELECT count(*) FROM role WHERE deleted_at IS NULL)
            OR past_entries <> (SELECT count(*) FROM past_entry)
            """
        ) { row throws(StorageError) in try row.text(0) }
        #expect(faults == [])
    }
}

extension RoleRow {
    fileprivate var name: String { if case .custom(let role) = listing { role.name } else { key } }
}
