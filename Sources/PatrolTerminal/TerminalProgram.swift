import CSystem
import Glibc
import PatrolConfiguration
import PatrolDomain
package import PatrolOperations
import PatrolPresentation
import PatrolScreen

/// The terminal program: everything between the process's start and its end.
package enum TerminalProgram {
    /// Whether there is a terminal to show it on, and to type at.
    package static var isPossible: Bool { terminal_is(STDIN_FILENO) != 0 && terminal_is(STDOUT_FILENO) != 0 }

    /// The keys of the screen by topic, with what they do.
    package static var keyTopics: [(title: String, rows: [(keys: String, words: String)])] {
        PatrolScreen.keyTopics().map { topic in
            (topic.title, topic.rows.map { row in
                let keys = row.keys.isEmpty ? ":\(row.name ?? "")" : row.keys.joined(separator: ", ")
                return (keys, row.words)
            })
        }
    }

    /// Shows the account that `opening` opens, until the person leaves. The code to end the process with:
    /// 2 where there can be no screen, 1 where the account can't be opened; one line on standard error says why.
    ///
    /// `keepsState` is false for an account that is gone afterwards: of it nothing but the theme is kept.
    ///
    /// From here on the process has a guard (see `guard_start`), so nothing may be open before; `opening` is
    /// called in the guarded process.
    package static func run(
        environment: (String) -> String?, hasColour: Bool = true, keepsState: Bool = true,
        opening: () throws(PatrolError) -> (patrol: Patrol, session: Session)
    ) -> Int32 {
        let error = guard_start()
        if error != 0 { return fail("can't start a process: \(String(cString: strerror(error)))", code: 1) }
        do throws(PatrolError) {
            let (patrol, session) = try opening()
            return show(patrol, as: session, environment: environment, hasColour: hasColour, keepsState: keepsState)
        } catch {
            if case .stopped = error { return fail(error.sentence, code: 130) }
            return fail(error.sentence, code: 1)
        }
    }

    private static func show(
        _ patrol: Patrol, as session: Session, environment: (String) -> String?, hasColour: Bool,
        keepsState: Bool
    ) -> Int32 {
        do throws(ScreenFailure) {
            let screen = try NcursesScreen(environment: environment, hasColour: hasColour)
            let folders = PersonalFolders(environment: environment)
            let state = StateFile(folder: folders.state)
            var views = ViewsFile(folder: folders.configuration, isLasting: keepsState)
            let account = keepsState ? try? patrol.account().id : nil
            let (kept, own) = (state.read(account: account), views.read())
            let themes = ThemeShelf(environment: environment, own: folders.configuration, kept: kept.theme)
            let clipboard = Clipboard(type: screen.type, environment: environment)
            let runner = EffectRunner(patrol, as: session, clipboard: clipboard, themes: themes, views: views)
            let keys = KeyReader(escapeMilliseconds: escapeMilliseconds(environment("ESCDELAY")))
            let loop = TerminalLoop(
                screen: screen, keys: keys, runner: runner, keyFile: KeyFile(folder: folders.configuration),
                mayAsk: environment("PATROL_ASK") != "0",
                memory: Memory(
                    kept: kept.kept, views: own.views, faults: [kept.fault, own.fault].compactMap(\.self)))
            let code = loop.run()
            screen.leave()
            state.write(theme: themes.choice, account: account, kept: account == nil ? nil : loop.remembered)
            runner.settle()
            if runner.isShutOut { return fail("you were removed from this account", code: code) }
            return code
        } catch {
            return fail(error.reason, code: 2)
        }
    }

    /// `ESCDELAY` as ncurses programs know it, for links that tear sequences apart.
    private static func escapeMilliseconds(_ text: String?) -> Int {
        guard let text, let number = Int(text), 1...1_000 ~= number else { return KeyDecoder.escapeMilliseconds }
        return number
    }

    private static func fail(_ reason: String, code: Int32) -> Int32 {
        let line = Array("patrol: \(SafeText(reason).text)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        return code
    }
}
