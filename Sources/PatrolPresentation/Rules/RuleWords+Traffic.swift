import PatrolDomain

extension RuleWords {
    static func traffic(_ rule: HygieneRule, _ limit: Measures) -> RuleWords {
        switch rule {
        case .shared:
            RuleWords(
                "shared",
                when: "within \(limit[.recent]) it was called from \(limit[.sharedNetworks]) networks by \(limit[.sharedClients]) clients, or from two networks within a minute",
                do: "give each program a token of its own", blast: "programs that are left with the old one when it goes",
                doubt: "one program behind changing addresses looks like several", plain: "several programs use it")
        case .newNetwork:
            RuleWords(
                "new network",
                when: "within \(limit[.recent]) it was called from a network that it was not called from for \(limit[.forgotten]), after \(limit[.learning]) of use",
                do: "ask its owner whether that was him", blast: "nothing, if it was him",
                doubt: "machines move, and providers change addresses", plain: "it was called from a new network")
        case .newClient:
            RuleWords(
                "new client",
                when: "within \(limit[.recent]) it was called by a client that did not call with it for \(limit[.forgotten]), after \(limit[.learning]) of use",
                do: "ask its owner whether that was him", blast: "nothing, if it was him",
                doubt: "a client may be updated, and can name itself as it likes", plain: "a new client calls with it")
        case .unpinned:
            RuleWords(
                "unpinned", when: "it may change things, and is not limited to networks", do: "limit it to the networks it is called from",
                blast: "calls from elsewhere", doubt: "its networks may not be fixed", plain: "it can be used from anywhere")
        case .denialBurst:
            RuleWords(
                "burst of denials",
                when: "\(limit[.denials]) of its calls, of \(limit[.denialActions]) actions, were refused within \(limit[.denialSpan]), in the last \(limit[.recent])",
                do: "find out who tries what with it", blast: "nothing, as long as you ask",
                doubt: "a program that was just given less tries what it did before", plain: "many of its calls were refused")
        case .unsafePresentation:
            RuleWords(
                "unsafe presentation", when: "within \(limit[.recent]) its secret came in a query string or over clear text",
                do: "mend the program, then rotate it", blast: "programs that have not got the new secret",
                doubt: "the clear text may be the last step inside one machine", plain: "its secret was shown on the way")
        default:
            RuleWords(
                "crossed lines",
                when: "within \(limit[.recent]) it was used in production and elsewhere, or it is a service token that a person calls with",
                do: "make one token for each environment, and a personal one for the person",
                blast: "the side that is left with the old one when it goes",
                doubt: "environments are told by their keys: one that begins with prod is production",
                plain: "it is used on both sides of a line")
        }
    }
}
