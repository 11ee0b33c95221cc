import CSystem
import Glibc
import PatrolConfiguration
import PatrolDomain
import PatrolOperations
import PatrolScreen

/// Does what the screen wants done outside of itself: questions and commands go to the account's door.
final class EffectRunner {
    let patrol: Patrol
    private let session: Session
    private let clipboard: Clipboard
    let themes: ThemeShelf
    private var views: ViewsFile
    /// Whether the one who is signed in was removed from the account meanwhile.
    private(set) var isShutOut = false

    /// Rows of use to look at for one question: what takes no longer than a person waits for a key.
    private static let rowsOfUse = 100_000

    /// How many tokens are judged anew in one go: what takes a few milliseconds here.
    private var riskSlice = 50
    /// Where to look on for things whose time has come; nil: from the first.
    private var tidyPlace: TidyPlace?
    /// As many are looked at in one go.
    private static let tidySlice = 8

    init(_ patrol: Patrol, as session: Session, clipboard: Clipboard, themes: ThemeShelf, views: ViewsFile) {
        self.patrol = patrol
        self.session = session
        self.clipboard = clipboard
        self.themes = themes
        self.views = views
    }

    var changeDescriptor: Int32 { patrol.changeDescriptor }

    /// Whether something was committed since the last time; or in words why that can't be told.
    func changes() -> Changes {
        do throws(PatrolError) {
            return try patrol.drainChanges() ? .some : .none
        } catch {
            return .unknown(error.sentence)
        }
    }

    enum Changes { case none, some, unknown(String) }

    /// Judges a few tokens whose risk is out of date. Whether there are more; where that can't be
    /// stored (a read-only database), there is nothing to do.
    func refreshRisks() -> Bool {
        let began = MonotonicClock.milliseconds
        do throws(PatrolError) {
            let isMore = try patrol.refreshRisks(limit: riskSlice, patience: TimeSpan(milliseconds: 0))
            let took = MonotonicClock.milliseconds - began
            if took < 4 { riskSlice = min(riskSlice * 2, 1_000) }
            if took > 8 { riskSlice = max(riskSlice / 2, 10) }
            return isMore
        } catch {
            return false
        }
    }

    /// Does the next thing whose time has come, where the one who is signed in may do it. Whether there may be more.
    ///
    /// What he may not, and what others are in the way of, is left for later.
    func tidy() -> Bool {
        do throws(PatrolError) {
            let slice = try patrol.tidyTasks(after: tidyPlace, limit: Self.tidySlice, as: session)
            guard let task = slice.tasks.first(where: { $0.refusal == nil }) else {
                tidyPlace = slice.next
                return slice.next != nil
            }
            let outcome = try patrol.carryOut(task, as: session, patience: TimeSpan(milliseconds: 0))
            return outcome.refusal == nil
        } catch {
            return false
        }
    }

    /// For a clean end.
    func settle() { patrol.settle() }

    /// The answer, where the effect has one.
    func reply(to effect: Effect) -> Reply? {
        switch effect {
        case .load(let query): reply(to: query)
        case .perform(let command, let comment): perform(command, comment: comment)
        case .copy(let text): copy(text, isSecret: false)
        case .copySecret(let secret): copy(secret.text, isSecret: true)
        case .clearClipboard: clearClipboard()
        case .writeSecret(let secret, let path): write(secret, to: path)
        case .listThemes: .themes(themes.names, current: themes.current.name)
        case .saveViews(let kept): save(kept)
        case .cancel, .quit, .suspend, .scrub, .redraw, .useTheme, .captureMouse: nil
        }
    }

    private func reply(to query: Query) -> Reply {
        do throws(PatrolError) {
            return .answered(query, try answer(query))
        } catch {
            return .failed(query, error.sentence)
        }
    }

    private func answer(_ query: Query) throws(PatrolError) -> Answer {
        switch query {
        case .account: .account(try account())
        case .members(let page, let sort, let isReversed, let filter):
            .members(try patrol.members(page, sort: sort, isReversed: isReversed, filter: filter))
        case .roles(let page, let sort, let isReversed, let filter):
            .roles(try patrol.roles(page, sort: sort, isReversed: isReversed, filter: filter))
        case .tokens(let page, let sort, let isReversed, let filter):
            .tokens(try patrol.tokens(page, sort: sort, isReversed: isReversed, filter: filter))
        case .audit(let page, let filter): .audit(try patrol.audit(page, filter: filter))
        case .memberDetail(let id): .memberDetail(try patrol.memberDetail(id))
        case .tokenDetail(let id): .tokenDetail(try patrol.tokenDetail(id))
        case .roleDetail(.base(let role)): .roleDetail(try patrol.roleDetail(role))
        case .roleDetail(.custom(let id)): .roleDetail(try patrol.roleDetail(id))
        case .history(let kind, let id, let limit):
            .history(try patrol.history(of: kind, id: id, limit: limit))
        case .roleChoices(let limit): .roleChoices(try patrol.roleChoices(limit: limit))
        case .templates: .templates(try patrol.templates())
        case .impact(let command): .impact(try patrol.impact(of: command))
        case .replay(let command): .replay(try patrol.replay(of: command, rows: Self.rowsOfUse))
        case .proposal(let id): .proposal(try patrol.proposal(for: id, rows: Self.rowsOfUse))
        case .reviews: .reviews(try patrol.reviews())
        case .reviewItems(let id, let from, let limit, let undecidedOnly):
            .reviewItems(try patrol.reviewItems(of: id, from: from, limit: limit, undecidedOnly: undecidedOnly))
        case .reviewedToken(let id): .reviewedToken(try patrol.tokenDetail(id))
        case .activity(let span, let count): .activity(try patrol.activity(span: span, count: count))
        }
    }

    private func account() throws(PatrolError) -> AccountView {
        let (member, authority) = try patrol.standing(of: session)
        isShutOut = member.standing == .removed
        return AccountView(
            account: try patrol.account(), tally: try patrol.tally(), member: member, authority: authority)
    }

    private func perform(_ command: Command, comment: String) -> Reply {
        do throws(PatrolError) {
            let outcome = try patrol.perform(command, as: session, comment: comment)
            let secret = outcome.secret.map { ShownSecret($0.text) }
            // The screen loads all it shows after this answer: our own ring needs no second look.
            _ = changes()
            return .performed(
                command, Performed(entry: outcome.entry, refusal: outcome.refusal, secret: secret))
        } catch {
            return .commandFailed(command, error.sentence)
        }
    }

    private func save(_ kept: [SavedView]) -> Reply {
        let (all, fault) = views.write(kept)
        return fault.map { .failed(nil, $0) } ?? .viewsKept(all)
    }

    private func copy(_ text: String, isSecret: Bool) -> Reply {
        do throws(Clipboard.Failure) {
            return .copied(how: try clipboard.copy(text, isSecret: isSecret))
        } catch {
            return .failed(nil, error.reason)
        }
    }

    private func clearClipboard() -> Reply {
        do throws(Clipboard.Failure) {
            return .clipboardCleared(how: try clipboard.clear())
        } catch {
            return .failed(nil, error.reason)
        }
    }

    private func write(_ secret: ShownSecret, to path: String) -> Reply {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(secret.text.utf8.count + 1)
        bytes += secret.text.utf8
        bytes.append(0x0A)
        defer { wipe(&bytes) }
        let error = file_write_new(path, bytes, bytes.count)
        switch error {
        case 0: return .secretWritten(path: path)
        case EEXIST: return .secretNotWritten("`\(path)` exists already")
        default: return .secretNotWritten("can't write `\(path)`: \(String(cString: strerror(error)))")
        }
    }
}
