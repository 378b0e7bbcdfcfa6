import RunModel
import RunServices
import TerminalUI
import Testing

@testable import DashboardCore

/// Commands of the user's own, from key and palette to the shell.
@Suite struct UserCommandTests {
    private static func command(
        _ text: String, key: Key? = "X", confirms: Bool = false, prompt: String? = nil, background: Bool = false
    ) -> UserCommand {
        guard let template = try? CommandTemplate(text) else { preconditionFailure(text) }
        return UserCommand(
            name: "own", summary: "what it is for", key: key, template: template, confirms: confirms, prompt: prompt,
            isInBackground: background)
    }

    private func scene(_ command: UserCommand, readOnlyReason: String? = nil) -> Scene {
        var first = Run.make("a", status: .running, at: 9)
        first.tags.set("77; rm -rf $HOME", forKey: "job")
        var second = Run.make("b", status: .running, at: 8)
        second.tags.set("78", forKey: "job")
        var scene = Scene.opened(
            [first, second, .make("c", status: .running, at: 7)],
            settings: Dashboard.Settings(readOnlyReason: readOnlyReason, commands: [command]))
        scene.select("a")
        scene.forget()
        return scene
    }

    private func ran(_ scene: Scene) -> [Effect] {
        scene.effects.filter { effect in
            switch effect {
            case .runForeground, .runBackground: true
            default: false
            }
        }
    }

    @Test func aKeyRunsItOnTheSelectedRunInTheForeground() {
        var scene = scene(Self.command("scancel ${tags.job}"))
        scene.type("X")
        #expect(
            ran(scene) == [
                .runForeground(
                    ForegroundCommand(
                        ["/bin/sh", "-c", "scancel \"${RUNWATCH_1_1}\""],
                        environment: ["RUNWATCH_1_1": "77; rm -rf $HOME"],
                        heading: "$ scancel '77; rm -rf $HOME'", waitsForKey: true), name: "own")
            ])
    }

    @Test func thePaletteRunsItByName() {
        var scene = scene(Self.command("echo ${input}", key: nil, prompt: "text"))
        scene.type(":ow")
        #expect(scene.screen.contains("own"))
        #expect(scene.screen.contains("what it is for"))
        scene.press(.escape)
        scene.type(":own it's")
        scene.press(.enter)
        #expect(
            ran(scene) == [
                .runForeground(
                    ForegroundCommand(
                        ["/bin/sh", "-c", "echo \"${RUNWATCH_1_1}\""], environment: ["RUNWATCH_1_1": "it's"],
                        heading: "$ echo 'it'\\''s'", waitsForKey: true), name: "own")
            ])
    }

    @Test func markedRunsAreTakenOneAfterTheOther() {
        var scene = scene(Self.command("scancel ${tags.job}", background: true))
        scene.type("  X")
        let commands = ran(scene).compactMap { effect in
            if case .runBackground(let command) = effect { command } else { nil }
        }
        #expect(commands.map(\.script) == ["scancel \"${RUNWATCH_1_1}\"", "scancel \"${RUNWATCH_2_1}\""])
        #expect(commands.flatMap { $0.environment.values } == ["77; rm -rf $HOME", "78"])
    }

    @Test func whatIsMissingIsSaidAndNothingRuns() {
        var scene = scene(Self.command("scancel ${tags.job}", confirms: true))
        scene.select("c")
        scene.type("X")
        #expect(scene.dashboard.notice?.text.contains("has no tag job, which ${tags.job} needs.") == true)
        #expect(scene.dashboard.mode == .browsing)
        #expect(ran(scene) == [])
    }

    @Test func aQuestionShowsWhatWouldRun() {
        var scene = scene(Self.command("scancel ${tags.job}", confirms: true))
        scene.type("X")
        #expect(scene.screen.contains("Run “own”?"))
        #expect(scene.screen.contains("$ scancel '77; rm -rf $HOME'"))
        scene.type("y")
        #expect(ran(scene) == [], "too soon to have been meant")
        scene.wait(1_000)
        scene.press(.enter, "X", .paste("y"), .character(" "))
        #expect(ran(scene) == [])
        scene.type("y")
        #expect(ran(scene).count == 1)
    }

    @Test func aQuestionIsDeclined() {
        var scene = scene(Self.command("scancel ${tags.job}", confirms: true))
        scene.type("X")
        scene.wait(1_000)
        scene.type("n")
        #expect(ran(scene) == [])
        #expect(scene.dashboard.notice?.text == "Nothing was run.")
    }

    @Test func whatAsksChangesNothingWhereNothingMayBeChanged() {
        var scene = scene(Self.command("scancel ${tags.job}", confirms: true), readOnlyReason: "It is so.")
        scene.type("X")
        #expect(scene.dashboard.notice?.text.contains("It is so.") == true)
        #expect(scene.dashboard.mode == .browsing)
    }

    @Test func aTextIsAskedForAndTheTargetStays() {
        var scene = scene(Self.command("echo ${name} ${input}", prompt: "a note"))
        scene.type("X")
        #expect(scene.screen.contains("own: a note (enter: run, esc: back)"))
        scene.world.remove("b")
        scene.type("$(id)")
        scene.press(.enter)
        guard case .runForeground(let command, _)? = ran(scene).first else {
            Issue.record("nothing ran")
            return
        }
        #expect(command.environment == ["RUNWATCH_1_1": "a", "RUNWATCH_1_2": "$(id)"])
    }

    @Test func theEndIsToldOnceAndTheServiceIsAsked() {
        var scene = scene(Self.command("true", background: true))
        scene.type("X")
        scene.send(.commandEnded("own", .exited(0), lastLine: "job\u{1b}[2J 77 cancelled"))
        #expect(scene.screen.contains("“own”: job"))
        #expect(!scene.screen.contains("\u{1b}"))
        #expect(scene.effects.contains { if case .poll = $0 { true } else { false } })
        scene.send(.commandEnded("own", .exited(1), lastLine: "no such job"))
        #expect(scene.screen.contains("“own” ended with status 1: no such job"))
        scene.send(.commandEnded("own", .notFinished(60), lastLine: ""))
        #expect(scene.screen.contains("“own” took more than 60 s and was ended."))
    }

    @Test func helpListsThem() {
        var scene = scene(Self.command("true"))
        scene.type("?")
        scene.press(.end)
        #expect(scene.screen.contains("Your own"))
        #expect(scene.screen.contains("X :own"))
    }

    @Test func aHostMustBeKnown() {
        var scene = scene(Self.command("ssh ${host} nvidia-smi"))
        scene.type("X")
        #expect(scene.dashboard.notice?.text.contains("is not known") == true)
        #expect(ran(scene) == [])
    }
}
