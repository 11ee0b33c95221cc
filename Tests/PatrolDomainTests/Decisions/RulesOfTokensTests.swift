import PatrolDomain
import Testing

private func creation(
    _ scope: Scope, kind: AccessToken.Kind = .personal, name: String = "nightly export", purpose: String = "copies",
    expiresAt: Timestamp? = Roster.now + .days(30)
) -> Command {
    .createToken(CreateToken(kind: kind, name: name, purpose: purpose, scope: scope, expiresAt: expiresAt))
}

private func edit(
    _ token: AccessToken, name: String? = nil, scope: Scope? = nil, expiresAt: Timestamp?? = .none, version: Int = 5
) -> Command {
    .editToken(
        EditToken(
            token: token.id, version: version, name: name ?? token.name, purpose: token.purpose,
            scope: scope ?? token.scope, expiresAt: expiresAt ?? token.expiresAt))
}

private func adoption(_ kind: AccessToken.Kind, for owner: Member?) -> Command {
    .adoptToken(
        AdoptToken(
            kind: kind, name: "old nightly export", purpose: "copies", owner: owner?.id,
            scope: kind == .accountWide ? .account : .base(.writer), expiresAt: nil))
}

@Suite struct RulesOfTokensTests {
    struct Case: Sendable {
        var story: String
        var actor: Member
        var command: Command
        var token: AccessToken?
        var owner: Member?
        var refusal: String?

        init(
            _ story: String, _ actor: Member, _ command: Command, about token: AccessToken? = nil,
            of owner: Member? = nil, _ refusal: String?
        ) {
            self.story = story
            self.actor = actor
            self.command = command
            self.token = token
            self.owner = owner
            self.refusal = refusal
        }
    }

    static let wandas = Roster.token(of: Roster.wanda)
    static let service = Roster.token(of: Roster.wanda, kind: .service)
    static let accountWide = Roster.token(of: nil, kind: .accountWide, origin: .adopted, scope: .account)
    static let imported = Roster.token(of: Roster.wanda, origin: .imported)
    static let expired = Roster.token(of: Roster.wanda, expiresAt: Roster.now)
    static let viewing = Policy(statements: [Roster.allow("viewProject", "proj/web")])
    static let everything = Policy(statements: [Roster.allow("*", "*")])

    static let cases: [Case] = [
        Case("54: a reader who asks for a writer token is refused", Roster.rita, creation(.base(.writer)), "readerTokensOnly"),
        Case("a reader creates a reader token", Roster.rita, creation(.base(.reader)), nil),
        Case("or less than that", Roster.rita, creation(.inline(viewing)), nil),
        Case("but not more by an inline policy", Roster.rita, creation(.inline(everything)), "readerTokensOnly"),
        Case("55: the owner creates any level", Roster.ada, creation(.base(.admin)), nil),
        Case("55: an admin creates any level", Roster.max, creation(.base(.admin)), nil),
        Case("60: a writer may ask for an admin token; it is capped when used", Roster.wanda, creation(.base(.admin)), nil),
        Case("a token without a scope is nothing", Roster.ada, creation(.base(.noAccess)), "emptyScope"),
        Case("nor with no roles", Roster.ada, creation(.customRoles([])), "emptyScope"),
        Case("nor with an empty policy", Roster.ada, creation(.inline(Policy(statements: []))), "emptyScope"),
        Case("nor with a role that is not there", Roster.ada, creation(.customRoles([RoleID("nobody")!])), "unknownRole"),
        Case("an account-wide token is never created", Roster.ada, creation(.account, kind: .accountWide), "accountWideNotCreatable"),
        Case("nor a personal one that does everything", Roster.ada, creation(.account), "accountWideNotCreatable"),
        Case("an expiry lies ahead", Roster.ada, creation(.base(.reader), expiresAt: Roster.now), "expiryInThePast"),
        Case("by a moment", Roster.ada, creation(.base(.reader), expiresAt: Roster.now + TimeSpan(milliseconds: 1)), nil),
        Case("a name is needed", Roster.ada, creation(.base(.reader), name: "  "), "badText"),
        Case("no secret in a name", Roster.ada, creation(.base(.reader), name: "api-3f1c0000-0000-4000-8000-000000000000"), "badText"),
        Case("no control in a purpose", Roster.ada, creation(.base(.reader), purpose: "a\rb"), "badText"),
        Case("no turn of direction either", Roster.ada, creation(.base(.reader), purpose: "a\u{202E}b"), "badText"),
        Case("a pending member creates none", Roster.pia, creation(.base(.reader)), "actorNotInForce"),
        Case("the owner of a token edits it", Roster.wanda, edit(wandas, name: "export"), about: wandas, of: Roster.wanda, nil),
        Case("an admin edits another's scope", Roster.max, edit(wandas, scope: .base(.reader)), about: wandas, of: Roster.wanda, nil),
        Case("a writer edits nobody else's", Roster.wanda, edit(Roster.token(of: Roster.max), name: "x1y2"), about: Roster.token(of: Roster.max), of: Roster.max, "notPermitted"),
        Case("the scope of a service token is fixed", Roster.max, edit(service, scope: .base(.reader)), about: service, of: Roster.wanda, "scopeIsFixed"),
        Case("its name is not", Roster.max, edit(service, name: "relay"), about: service, of: Roster.wanda, nil),
        Case("an expired token stays expired", Roster.max, edit(expired, expiresAt: Roster.now + .days(1)), about: expired, of: Roster.wanda, "tokenExpired"),
        Case("and gets no new secret", Roster.max, .rotateToken(RotateToken(token: expired.id, version: 5, oldSecretUntil: nil)), about: expired, of: Roster.wanda, "tokenExpired"),
        Case("an imported token has no secret here", Roster.max, .rotateToken(RotateToken(token: imported.id, version: 5, oldSecretUntil: nil)), about: imported, of: Roster.wanda, "secretNotHere"),
        Case("an admin gets no live secret of another member", Roster.max, .rotateToken(RotateToken(token: wandas.id, version: 5, oldSecretUntil: nil)), about: wandas, of: Roster.wanda, "secretOfAnother"),
        Case("nor does the owner of the account", Roster.ada, .rotateToken(RotateToken(token: wandas.id, version: 5, oldSecretUntil: nil)), about: wandas, of: Roster.wanda, "secretOfAnother"),
        Case("a service token is nobody's person", Roster.max, .rotateToken(RotateToken(token: service.id, version: 5, oldSecretUntil: nil)), about: service, of: Roster.wanda, nil),
        Case("nobody adopts a token that acts as another", Roster.ada, adoption(.personal, for: Roster.wanda), of: Roster.wanda, "adoptionForAnother"),
        Case("nor a service token in his name", Roster.max, adoption(.service, for: Roster.wanda), of: Roster.wanda, "adoptionForAnother"),
        Case("a member adopts his own", Roster.wanda, adoption(.personal, for: Roster.wanda), of: Roster.wanda, nil),
        Case("an admin adopts an account-wide one", Roster.max, adoption(.accountWide, for: nil), nil),
        Case("a role that may change account tokens is not enough to get an admin's", Roster.bruno, adoption(.accountWide, for: nil), "accountWideByAdminOnly"),
        Case("a stale edit is refused", Roster.max, edit(wandas, name: "export", version: 4), about: wandas, of: Roster.wanda, "changedMeanwhile"),
        Case("an edit that changes nothing is none", Roster.max, edit(wandas), about: wandas, of: Roster.wanda, "nothingToChange"),
        Case("an admin flags", Roster.max, .flagToken(wandas.id, reason: "unused", dueAt: nil, version: 5), about: wandas, of: Roster.wanda, nil),
        Case("a flag for a day that is over tells nobody to delete anything", Roster.max, .flagToken(wandas.id, reason: "unused", dueAt: Roster.now - .days(2), version: 5), about: wandas, of: Roster.wanda, "dayInThePast"),
        Case("today is in time", Roster.max, .flagToken(wandas.id, reason: "unused", dueAt: Roster.now - .hours(3), version: 5), about: wandas, of: Roster.wanda, nil),
        Case("a flag has a reason", Roster.max, .flagToken(wandas.id, reason: "", dueAt: nil, version: 5), about: wandas, of: Roster.wanda, "badText"),
        Case("what is not flagged can't be unflagged", Roster.max, .unflagToken(wandas.id, version: 5), about: wandas, of: Roster.wanda, "notFlagged"),
        Case("an admin deletes", Roster.max, .deleteToken(wandas.id, version: 5), about: wandas, of: Roster.wanda, nil),
        Case("a member deletes his own", Roster.wanda, .deleteToken(wandas.id, version: 5), about: wandas, of: Roster.wanda, nil),
        Case("a reader deletes nobody else's", Roster.rita, .deleteToken(wandas.id, version: 5), about: wandas, of: Roster.wanda, "notPermitted"),
        Case("a custom role may allow it", Roster.cesar, .deleteToken(wandas.id, version: 5), about: wandas, of: Roster.wanda, nil),
        Case("but not for account-wide ones", Roster.cesar, .deleteToken(accountWide.id, version: 5), about: accountWide, "notPermitted"),
        Case("an admin deletes an account-wide one", Roster.max, .deleteToken(accountWide.id, version: 5), about: accountWide, nil),
        Case("what is not there can't be deleted", Roster.max, .deleteToken(wandas.id, version: 5), "notFound"),
    ]

    @Test(arguments: cases)
    func `each story ends as told, with one event`(_ story: Case) {
        let ruling = Roster.rule(story.command, by: story.actor) {
            $0.token = story.token
            $0.tokenOwner = story.owner
        }
        #expect(ruling.refusal?.code == story.refusal, "\(story.story)")
        #expect(ruling.changes.isEmpty == (story.refusal != nil), "\(story.story)")
    }

    @Test func `62: without an overlap the old secret stops at once`() {
        let ruling = Roster.rule(.rotateToken(RotateToken(token: Self.wandas.id, version: 5, oldSecretUntil: nil)), by: Roster.wanda) {
            $0.token = Self.wandas
            $0.tokenOwner = Roster.wanda
        }
        #expect(ruling.changes.contains(.endSecrets(of: Self.wandas.id, at: Roster.now)))
    }

    @Test func `63: with an overlap it works until then`() {
        let end = Roster.now + .days(7)
        let ruling = Roster.rule(.rotateToken(RotateToken(token: Self.wandas.id, version: 5, oldSecretUntil: end)), by: Roster.wanda) {
            $0.token = Self.wandas
            $0.tokenOwner = Roster.wanda
        }
        #expect(ruling.changes.contains(.endSecrets(of: Self.wandas.id, at: end)))
    }

    @Test func `59: a service token keeps what its creator could do`() {
        let ruling = Roster.rule(creation(.base(.admin), kind: .service), by: Roster.wanda)
        guard case .insertToken(let token) = ruling.changes.first else {
            Issue.record("expected the token")
            return
        }
        #expect(token.creatorSnapshot == Authority(of: Roster.wanda, roles: [:], teams: []))
    }

    @Test func `a refusal names what is missing`() {
        let ruling = Roster.rule(.deleteToken(Self.wandas.id, version: 5), by: Roster.rita) {
            $0.token = Self.wandas
            $0.tokenOwner = Roster.wanda
        }
        guard case .notPermitted(let request, _) = ruling.refusal else {
            Issue.record("expected a missing permission")
            return
        }
        #expect(request == Request(.deleteAccessToken, on: .personalToken(Self.wandas.id, of: Roster.wanda.id)))
        #expect(!ruling.event.decision.isAllowed)
    }
}
