@testable import PatrolDomain
@testable import PatrolStorage
import Testing

@Suite struct `Pages of tokens` {
    let folder = TemporaryFolder()
    static let now = LargeAccount.now

    static let tokenFilters: [(String, Filter)] = [
        ("all", Filter()),
        ("text", Filter(terms: [.init(.text("DEPLOY"))])),
        ("two words", Filter(terms: [.init(.text("deploy 1")), .init(.text("purpose 2"))])),
        ("the middle of a word", Filter(terms: [.init(.text("eploy"))])),
        ("a word and its owner", Filter(terms: [.init(.text("nightly")), .init(.owner("first3"))])),
        ("an id", Filter(terms: [.init(.text("token-1"))])),
        ("service", Filter(terms: [.init(.kind(.service))])),
        ("new", Filter(terms: [.init(.created(.lessThan, .days(20)))])),
        ("special characters", Filter(terms: [.init(.text("100%_"))])),
        ("other letters", Filter(terms: [.init(.text("ÉTÉ 1"))])),
        ("nothing", Filter(terms: [.init(.text("no such thing"))])),
        ("owner", Filter(terms: [.init(.owner("last1"))])),
        ("no owner of that name", Filter(terms: [.init(.owner("example.org"), isExcluded: true)])),
        ("base role", Filter(terms: [.init(.role("writer"))])),
        ("custom role", Filter(terms: [.init(.role("ops-4"))])),
        ("kind", Filter(terms: [.init(.kind(.accountWide))])),
        ("finding", Filter(terms: [.init(.finding([.unused])), .init(.finding([.noExpiry]), isExcluded: true)])),
        ("one of several findings", Filter(terms: [.init(.finding([.adminScope, .unused, .wildcardPolicy]))])),
        ("none of several findings", Filter(terms: [.init(.finding([.unused, .noExpiry]), isExcluded: true)])),
        ("flagged", Filter(terms: [.init(.flagged)])),
        ("quarantined", Filter(terms: [.init(.quarantined)])),
        ("not quarantined", Filter(terms: [.init(.quarantined, isExcluded: true)])),
        ("quarantined and removed", Filter(terms: [.init(.quarantined), .init(.removed)])),
        ("planned", Filter(terms: [.init(.planned), .init(.flagged)])),
        ("unused", Filter(terms: [.init(.unused(.moreThan, .days(90)))])),
        ("used", Filter(terms: [.init(.unused(.lessThan, .days(30)))])),
        ("never used", Filter(terms: [.init(.neverUsed)])),
        ("expiring", Filter(terms: [.init(.expires(.lessThan, .days(14)))])),
        ("expiring late", Filter(terms: [.init(.expires(.moreThan, .days(14)))])),
        ("never expiring", Filter(terms: [.init(.neverExpires)])),
        ("old", Filter(terms: [.init(.created(.moreThan, .days(100)))])),
        ("imported", Filter(terms: [.init(.imported), .init(.flagged, isExcluded: true)])),
        ("removed", Filter(terms: [.init(.removed)])),
        ("not removed", Filter(terms: [.init(.removed, isExcluded: true)])),
        ("of another list", Filter(terms: [.init(.refused)])),
    ]

    /// What a filter means, said once more in Swift.
    static func matches(_ token: AccessToken, _ filter: Filter, _ account: LargeAccount) -> Bool {
        let wantsRemoved = filter.terms.contains { $0.condition == .removed && !$0.isExcluded }
        guard (token.deletedAt != nil) == wantsRemoved else { return false }
        return filter.terms.allSatisfy { term in
            if term.condition == .removed { return true }
            return holds(term.condition, token, account) != term.isExcluded
        }
    }

    private static func holds(
        _ condition: Filter.Condition, _ token: AccessToken, _ account: LargeAccount
    ) -> Bool {
        let owner = account.members.first { $0.id == token.owner }
        let silence = (token.useKnownUntil ?? now) - (token.lastUsedAt ?? token.createdAt)
        switch condition {
        case .text(let text):
            return [token.name, token.purpose, token.id.text, token.ending].contains { hasWord($0, text) }
        case .owner(let text):
            return owner.map {
                hasWord($0.email, text) || hasWord($0.firstName + " " + $0.lastName, text)
            } ?? false
        case .role(let key):
            switch token.scope {
            case .base(let role): return role.rawValue == key
            case .customRoles(let ids):
                return account.roles.contains { ids.contains($0.id) && $0.key.text == key }
            default: return false
            }
        case .kind(let kind): return token.kind == kind
        case .finding(let rules): return rules.contains { account.risks[token.id]!.holds($0) }
        case .flagged: return token.flag != nil
        case .quarantined: return token.quarantine != nil
        case .planned: return token.plan != nil
        case .unused(.moreThan, let span):
            return silence > span && now - (token.useKnownUntil ?? now) <= .days(30)
        case .unused(.lessThan, let span): return token.lastUsedAt.map { now - $0 < span } ?? false
        case .neverUsed: return token.lastUsedAt == nil
        case .expires(.lessThan, let span):
            return token.expiresAt.map { $0 > now && $0 - now < span } ?? false
        case .expires(.moreThan, let span): return token.expiresAt.map { $0 - now > span } ?? false
        case .neverExpires: return token.expiresAt == nil
        case .created(.moreThan, let span): return now - token.createdAt > span
        case .created(.lessThan, let span): return now - token.createdAt < span
        case .imported: return token.origin == .imported
        default: return false
        }
    }

    private static func key(_ token: AccessToken, _ sort: TokenSort, _ account: LargeAccount) -> (Int64, String) {
        switch sort {
        case .risk: (-Int64(account.risks[token.id]!.score), "")
        case .name: (0, token.name.lowercased())
        case .owner:
            (token.owner == nil ? 1 : 0, account.members.first { $0.id == token.owner }?.displayName.lowercased() ?? "")
        case .scope: (width(of: token.scope), "")
        case .ending: (0, token.ending)
        case .flag: (token.flag.map { $0.dueAt?.milliseconds ?? .max - 1 } ?? .max, "")
        case .created: (-token.createdAt.milliseconds, "")
        case .lastUsed: (-(token.lastUsedAt?.milliseconds ?? 0), "")
        case .expires: (token.expiresAt?.milliseconds ?? .max, "")
        }
    }

    private static func width(of scope: Scope) -> Int64 {
        switch scope {
        case .account: 1
        case .base(.owner): 2
        case .base(.admin): 3
        case .base(.writer): 4
        case .customRoles: 5
        case .inline: 6
        case .base(.reader): 7
        case .base(.noAccess): 8
        }
    }

    /// Text sorts by its UTF-8 bytes, as in the index.
    private static func comesBefore(_ left: (Int64, String), _ right: (Int64, String)) -> Bool {
        left.0 != right.0 ? left.0 < right.0 : left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
    }

    @Test func `tokens by page are all tokens, sorted, in every sort and filter`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        for sort in TokenSort.allCases {
            for (name, filter) in Self.tokenFilters {
                let expected = account.tokens.filter { Self.matches($0, filter, account) }
                for isReversed in [false, true] {
                    // Few rows at a time, so that pages begin everywhere; then by the indexes of the filter's terms.
                    for (scanLimit, lookLimit) in name == "all" ? [(20_000, 2_000)] : [(37, 2_000), (20_000, 2)] {
                        let page = { (request: PageRequest) throws -> Page<TokenRow> in
                            try account.store.read { r throws(StorageError) in
                                try r.tokenPage(request, sort: sort, isReversed: isReversed, filter: filter, at: Self.now)
                            }
                        }
                        let walk = try Walk.forward(limit: 13, scanLimit: scanLimit, lookLimit: lookLimit, page)
                        let back = try Walk.backward(limit: 17, scanLimit: scanLimit, lookLimit: lookLimit, page)
                        #expect(walk == back, "\(sort) \(name) \(isReversed) \(lookLimit)")
                        #expect(Set(walk.map(\.row.token)) == Set(expected), "\(sort) \(name) \(lookLimit)")
                        #expect(walk.count == expected.count, "\(sort) \(name)")
                        let keys = walk.map { Self.key($0.row.token, sort, account) }
                        for (left, right) in zip(keys, keys.dropFirst()) {
                            #expect(isReversed ? !Self.comesBefore(left, right) : !Self.comesBefore(right, left))
                        }
                    }
                }
            }
        }
    }

    @Test func `a token's row says whose it is and what it holds`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        let rows = try Walk.forward(limit: 500) { request in
            try account.store.read { r throws(StorageError) in
                try r.tokenPage(request, sort: .created, at: Self.now)
            }
        }.map(\.row)
        for row in rows {
            let owner = account.members.first { $0.id == row.token.owner }
            #expect(row.ownerName == owner?.displayName)
            #expect(row.ownerStanding == owner?.standing)
            #expect(row.risk == account.risks[row.token.id])
            if case .customRoles(let ids) = row.token.scope {
                #expect(row.scopeRoleKeys == ids.map { id in account.roles.first { $0.id == id }!.key.text })
            }
        }
        try account.store.read { reading throws(StorageError) in
            for row in rows.prefix(5) { #expect(try reading.tokenRow(row.token.id, at: Self.now) == row) }
            for owner in account.members.prefix(9) {
                let page = try reading.tokenPage(PageRequest(limit: 20), of: owner.id, at: Self.now)
                let expected = account.tokens.filter { $0.owner == owner.id && $0.deletedAt == nil }
                #expect(Set(page.items.map(\.row.token)) == Set(expected))
                let scores = page.items.map(\.row.risk.score)
                #expect(scores == scores.sorted(by: >))
                let row = try reading.memberRow(owner.id)
                #expect(row?.tokenCount == expected.count)
                #expect(row?.worst?.score ?? 0 == scores.first ?? 0)
            }
        }
    }

    @Test func `tokens of a role are found by the role`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        for role in account.roles {
            let walk = try Walk.forward(limit: 3, scanLimit: 5) { request in
                try account.store.read { r throws(StorageError) in
                    try r.tokenPage(request, scopedBy: role.id, at: Self.now)
                }
            }
            let expected = account.tokens.filter { token in
                guard case .customRoles(let ids) = token.scope else { return false }
                return token.deletedAt == nil && ids.contains(role.id)
            }
            #expect(Set(walk.map(\.row.token)) == Set(expected) && walk.count == expected.count)
            let count = try account.store.read { r throws(StorageError) in
                try r.roleRow(role.id)?.tokenCount
            }
            #expect(count == expected.count)
        }
        for role in BaseRole.allCases {
            let walk = try Walk.backward(limit: 9) { request in
                try account.store.read { r throws(StorageError) in
                    try r.tokenPage(request, scopedBy: role, at: Self.now)
                }
            }
            let expected = account.tokens.filter { $0.scope == .base(role) && $0.deletedAt == nil }
            #expect(Set(walk.map(\.row.token)) == Set(expected) && walk.count == expected.count)
            let count = try account.store.read { r throws(StorageError) in try r.roleRow(role)?.tokenCount }
            #expect(count == expected.count)
        }
    }

    @Test func `a page begins where it is told, also where the row is gone`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        func page(_ start: PageRequest.Start, limit: Int = 10) throws -> Page<TokenRow> {
            try account.store.read { r throws(StorageError) in
                try r.tokenPage(PageRequest(start, limit: limit), sort: .name, at: Self.now)
            }
        }
        let first = try page(.first)
        #expect(!first.hasBefore && first.hasAfter && first.resume == nil)
        let again = try page(.from(first.items[0].cursor))
        #expect(again == first)
        let fourth = try page(.from(first.items[3].cursor))
        #expect(fourth.items.prefix(7) == first.items[3...] && fourth.hasBefore)
        var gone = first.items[3].row.token
        gone.version += 1
        gone.deletedAt = Self.now
        try account.store.apply(.updateToken(gone))
        #expect(try page(.from(first.items[3].cursor)).items.prefix(6) == first.items[4...])
        let last = try page(.last)
        #expect(last.hasBefore && !last.hasAfter && last.items.count == 10)
        let none = try page(.after(last.items[9].cursor))
        #expect(none.items.isEmpty && none.hasBefore && !none.hasAfter)
        // A place of another list is the beginning.
        #expect(try page(.after(PageCursor([.integer(9)]))).items.count == 10)
        #expect(try page(.after(PageCursor([.integer(0), .integer(3)]))).items.count == 10)
        #expect(try page(.first, limit: 0).items.count == 1)
        #expect(try page(.first, limit: 9_999).items.count <= PageRequest.maximumLimit)
    }

    @Test func `a search that finds little says where to go on`() throws {
        let account = try LargeAccount(at: folder["patrol.db"])
        let filter = Filter(terms: [.init(.text("no such thing"))])
        let page = try account.store.read { r throws(StorageError) in
            try r.tokenPage(PageRequest(limit: 10, scanLimit: 25), sort: .risk, filter: filter, at: Self.now)
        }
        #expect(page.items.isEmpty && page.hasAfter && page.resume != nil && !page.hasBefore)
    }
}
