import PatrolDomain
import PatrolPresentation

/// A token on its way into the world, page by page. Esc goes back one page, and what was written stays.
struct Creation: Equatable, Sendable {
    /// What the progress line shows.
    enum Stage: Int, CaseIterable, Hashable, Sendable {
        case purpose, need, how, expiry, summary

        var title: SafeText {
            switch self {
            case .purpose: "What for"
            case .need: "What it must do"
            case .how: "How"
            case .expiry: "Until when"
            case .summary: "Summary"
            }
        }
    }

    enum Page: Equatable, Sendable {
        /// Name, purpose, kind.
        case purpose(Form)
        /// Where to begin: from actions, a role, another token.
        case start(Chooser)
        case templates(Chooser)
        case blank(Blank)
        /// Which type of resource.
        case type(Chooser)
        /// Which things of the type.
        case resource(TextField, chain: String, fault: SafeText?)
        /// Which actions on them.
        case actions(Chooser, pattern: ResourcePattern)
        /// The ways to let it do that, ranked.
        case ways(Chooser, RoleRanking)
        case baseRole(Chooser)
        case roles(Chooser)
        case copy(Chooser)
        case expiry(Chooser)
        case date(TextField, fault: SafeText?)
        case summary(Summary)

        var stage: Stage {
            switch self {
            case .purpose: .purpose
            case .start, .templates, .blank, .type, .resource, .actions: .need
            case .ways, .baseRole, .roles, .copy: .how
            case .expiry, .date: .expiry
            case .summary: .summary
            }
        }
    }

    /// The last page: what is about to be created, and the button.
    struct Summary: Equatable, Sendable {
        var command: CreateToken
        var lines: [Line]
        var isOnCreate = true
        var scroll = 0
        /// Why it was refused.
        var fault: SafeText?
    }

    enum Expiry: Hashable, Sendable {
        case days(Int)
        case at(Timestamp)
        case never
    }

    /// The last one is on the screen.
    var pages: [Page]
    var kind = AccessToken.Kind.personal
    var name = ""
    var purpose = ""
    var needs: [Need] = []
    /// What a template allows, beside them.
    var given: [Statement] = []
    /// How long the template says that it should live.
    var proposedDays: Int?
    var scope: Scope?
    /// The keys of the scope's custom roles.
    var scopeRoleKeys: [String] = []
    var expiry = Expiry.days(30)
    /// Every custom role to choose from; nil until they are loaded.
    var roles: [Role]?
    /// Leaving was asked about, and nothing was done since.
    var wasAskedToLeave = false
    /// Made like another token: its scope is chosen already.
    var isClone = false

    let catalogue: Catalogue

    init(catalogue: Catalogue) {
        self.catalogue = catalogue
        pages = [.purpose(Self.purposeForm(name: "", purpose: "", kind: .personal))]
    }

    init(cloning row: TokenRow, catalogue: Catalogue) {
        self.catalogue = catalogue
        let kind: AccessToken.Kind = row.token.kind == .service ? .service : .personal
        pages = [.purpose(Self.purposeForm(name: row.token.name, purpose: row.token.purpose, kind: kind))]
        self.kind = kind
        scope = row.token.scope
        scopeRoleKeys = row.scopeRoleKeys
        isClone = true
    }

    var page: Page { pages[pages.count - 1] }

    /// Whether the page is for writing, not for choosing.
    var hasForm: Bool {
        switch page {
        case .purpose, .blank, .resource, .date, .summary: true
        default: false
        }
    }

    /// Whether leaving would lose something.
    var isBegun: Bool {
        if pages.count > 1 { return true }
        guard case .purpose(let form) = page else { return false }
        return form.isChanged
    }

    static func purposeForm(name: String, purpose: String, kind: AccessToken.Kind) -> Form {
        Form(
            .createToken, "", fields: [
                .text(.name, "Name", name, limit: TextRule.name.maximumLength, hint: "the program that will use it"),
                .text(
                    .purpose, "Purpose", purpose, limit: TextRule.purpose.maximumLength,
                    hint: "what it does with it, in a few words"),
                .choice(
                    .kind, "Kind",
                    [
                        Chooser.Item("personal", "personal", note: "never does more than you may, at any moment"),
                        Chooser.Item(
                            "service", "service", note: "keeps what you may do now, also after you leave; its scope is fixed"),
                    ], selected: kind.rawValue, hint: "← → turn"),
            ], button: "Go on")
    }

    func expiresAt(now: Timestamp) -> Timestamp? {
        switch expiry {
        case .days(let days): now + .days(days)
        case .at(let moment): moment
        case .never: nil
        }
    }
}
