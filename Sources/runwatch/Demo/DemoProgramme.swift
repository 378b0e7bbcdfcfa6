/// What the demo starts, and when.
struct DemoProgramme {
    /// Seconds until the round after `number`: an hour of company, then little enough to be left on overnight.
    static func interval(after number: Int) -> Double { number < 30 ? 120 : 900 }

    /// A run, and the seconds after the round's beginning at which it starts.
    struct Item {
        var delay: Double
        var run: DemoRun
    }

    /// Rounds count from 0; the first one shows one of everything.
    static func round(_ number: Int) -> [Item] {
        let sweep = Item(
            delay: number == 0 ? 1.2 : 0,
            run: DemoRun(
                name: "sweep \(number + 1)", experiment: "sweep-lr", params: ["seed=\(number + 1)"],
                // The first sweep is quick, for a person who just came; later ones fill most of their round.
                command: ["demo-sweep", "rates", "--seed", String(number + 1), "--pause", number == 0 ? "400" : "1000"])
        )
        guard number == 0 else { return [sweep] }
        return [
            Item(
                delay: 0,
                run: DemoRun(
                    name: "hello_with_children", experiment: "explore-runs", tags: ["quality=great run"],
                    command: ["demo-sweep", "children"])),
            Item(
                delay: 0.1,
                run: .training("first_try", in: "testexperiment", hidden: 4, epochs: 16, pause: 250)),
            // Half an hour: there to be cancelled.
            Item(
                delay: 0.2,
                run: .training(
                    "hello_with_delay", in: "explore-runs", data: "spirals", learningRate: 0.05, hidden: 16,
                    epochs: 1_800, pause: 1_000)),
            Item(
                delay: 0.8,
                run: DemoRun(
                    name: "bad_script", experiment: "explore-runs", tags: ["worth another look"],
                    command: ["demo-train", "--points", "measurements.csv"])),
            sweep,
            Item(
                delay: 4,
                run: .training(
                    "too_fast", in: "testexperiment", learningRate: 10, epochs: 100, pause: 500,
                    tags: ["worth another look"])),
        ]
    }
}
