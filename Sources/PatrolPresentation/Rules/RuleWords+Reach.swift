import PatrolDomain

extension RuleWords {
    static func reach(_ rule: HygieneRule) -> RuleWords {
        switch rule {
        case .accountWide:
            RuleWords(
                "account-wide", when: "it belongs to nobody and does what an admin may",
                do: "flag it, move its users to tokens of their own, then delete it",
                blast: "every program that still calls with it", doubt: "none, it is so by its kind",
                plain: "it may do what an admin may, and belongs to nobody")
        case .adminScope:
            RuleWords(
                "admin scope", when: "its scope is the base role admin or owner", do: "give it a narrower role",
                blast: "what it does that the narrower role does not allow",
                doubt: "its owner may have lost his rights: then it can't use them now",
                plain: "it may do what an admin may")
        case .wildcardPolicy:
            RuleWords(
                "wildcard policy", when: "a statement of its roles or policy allows every action, or changes on every resource",
                do: "name the actions and resources that it needs",
                blast: "calls that the named ones leave out", doubt: "a deny elsewhere in its roles may take most of it back",
                plain: "it reaches every action or resource")
        case .selfEscalating:
            RuleWords(
                "self-escalating", when: "it may make tokens, give roles or edit them, and is not an admin token already",
                do: "take these rights out of its scope", blast: "programs that manage people or tokens with it",
                doubt: "a program that provisions people needs some of them", plain: "it may give itself more")
        default:
            RuleWords(
                "sleeping privilege", when: "its scope allows what the person behind it may not do now",
                do: "trim its scope to what its owner may do",
                blast: "nothing that works now: what sleeps is refused already",
                doubt: "the owner may soon get his rights back", plain: "it was given more than its owner may do now")
        }
    }

    static func events(_ rule: HygieneRule) -> RuleWords {
        switch rule {
        case .retiredSecret:
            RuleWords(
                "retired secret used", when: "a secret of it was presented that was replaced or deleted, and none was made since",
                do: "rotate it, and find out who has the old secret", blast: "whoever uses the secret of now",
                doubt: "a program that nobody updated may hold the old one",
                plain: "an old secret of it was presented")
        default:
            RuleWords(
                "leaked", when: "a scanner reported its secret, or it is a canary that was touched, and it has no newer secret",
                do: "delete it, or rotate it without an overlap", blast: "every program that calls with it",
                doubt: "the report may be of a copy in a private place", plain: "its secret is known to others")
        }
    }
}
