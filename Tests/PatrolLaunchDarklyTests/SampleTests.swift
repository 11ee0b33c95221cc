import PatrolDomain
import PatrolJSON
import PatrolLaunchDarkly
import Testing

struct SampleTests {
    @Test func `the sample is read whole`() throws {
        let (contents, _) = try Sample.read()
        #expect(contents.members.count == 6)
        #expect(contents.roles.count == 4)
        #expect(contents.teams.count == 2)
        #expect(contents.tokens.count == 12)
        #expect(contents.pastEntries.count == 40)
    }

    @Test func `members hold their roles, whether by id or by key`() throws {
        let (contents, _) = try Sample.read()
        let keys = Dictionary(uniqueKeysWithValues: contents.roles.map { ($0.id, $0.key.text) })
        let lines = contents.members.map { member in
            "\(member.displayName) \(member.baseRole.rawValue) \(member.standing.rawValue) "
                + member.customRoles.compactMap { keys[$0] }.joined(separator: "+")
        }
        #expect(
            lines == [
                "Ada Berg owner active ",
                "Ines Roth writer active ",
                "Kim Novák reader active warehouse-reader",
                "Tomás Quiroga reader active contractor+launchdarkly-developer",
                "Wei Lin 林 no_access active ",
                "sam@example.org admin pending ",
            ])
        #expect(contents.members[0].lastSeenToken == TokenID("65f0c0ffee0000000000a001"))
        #expect(contents.members[1].roleAttributes == ["projects": ["web", "mobile-*"]])
        #expect(contents.members[4].lastSeenAt == nil)
        #expect(contents.members[5].lastSeenAt == nil)
        #expect(contents.teams.map { $0.members.count } == [2, 1])
    }

    @Test func `tokens are of their kinds and scopes`() throws {
        let (contents, _) = try Sample.read()
        let lines = contents.tokens.map { token in
            let scope =
                switch token.scope {
                case .base(let role): role.rawValue
                case .customRoles(let ids): "\(ids.count) roles"
                case .inline(let policy): "\(policy.statements.count) statements"
                case .account: "account"
                }
            return "\(token.name) \(token.kind.rawValue) \(scope) \(token.ending)"
        }
        #expect(
            lines == [
                "ops laptop personal admin 10e1", "nightly export personal reader 21c2",
                "release bot personal 1 roles 32a3", "dashboard personal 1 roles 4384",
                "qa scripts personal 2 statements 5465", "terraform service writer 6546",
                "api account account 7627", "old test personal writer 8708",
                "left behind personal writer 97e9", " personal no_access a8ca",
                "spreadsheet personal reader b9ab", "everything personal 1 statements ca8c",
            ])
        let tokens = contents.tokens
        #expect(tokens.allSatisfy { $0.origin == .imported && $0.useKnownUntil == Sample.now })
        #expect(tokens.filter { $0.lastUsedAt == nil }.map(\.name) == ["old test", "everything"])
        #expect(tokens[6].owner == nil && tokens[6].apiVersion == 20_160_426)
        #expect(tokens[0].expiresAt == Sample.now + .days(20))
    }

    @Test func `a service token gets what its creator can do`() throws {
        let (contents, _) = try Sample.read()
        let ada = contents.members[0]
        let roles = Dictionary(uniqueKeysWithValues: contents.roles.map { ($0.id, $0) })
        let snapshots = contents.tokens.compactMap(\.creatorSnapshot)
        #expect(snapshots == [Authority(of: ada, roles: roles, teams: contents.teams)])
    }

    @Test func `the old log is kept in its own words`() throws {
        let (contents, _) = try Sample.read()
        let entries = contents.pastEntries
        #expect(entries[6].action.hasSuffix(", updateTags"))
        #expect(entries[11].actorName == "Deploy hook" && entries[11].actorID.isEmpty)
        #expect(entries[17].comment.isEmpty)
        #expect(entries[23].actorName == "LaunchDarkly support")
        #expect(entries[1].tokenID == "65f0c0ffee0000000000a003")
        #expect(entries.filter { $0.kind == "token" }.allSatisfy { $0.targetID.hasPrefix("65f0c0ffee0000000000a") })
    }

    @Test func `the report names what is odd`() throws {
        let (_, report) = try Sample.read()
        #expect(
            report.notes.map(\.line) == [
                "roles.json, entry 4, presetOf: not known, passed over",
                "roles.json, entry 4, basePermissions: it is missing, taken as no_access",
                "members-2.json, entry 1, customRoles: the key `contractor` stands for an id (and 1 more like it)",
                "members-2.json, entry 2, role: `architect` is not known, taken as no_access",
                "members-2.json, entry 2, _lastSeen: null, taken as nothing",
                "members-2.json, entry 3, isNewFlavour: not known, passed over",
                "tokens-1.json, entry 4, customRoleIds: the key `warehouse-reader` stands for an id",
                "tokens-2.json, entry 1, memberId: no member stands behind it: taken as a token of the whole account",
                "tokens-2.json, entry 3, memberId: its owner `65f0c0ffee0000000000b099` is not among the members read",
                "tokens-2.json, entry 4, role: `architect` is not known, taken as no_access",
                "tokens-2.json, entry 5, tier: not known, passed over",
                "tokens-2.json, entry 5, creationDate: a number is written as a text",
                "tokens-2.json, entry 6, lastUsed: null, taken as nothing",
                "auditlog-3.json, entry 1, newThing: not known, passed over",
            ])
    }
}
