/// The kinds of values that never change once set, by the tables that hold them.
enum WriteOnceTable: String, Sendable {
    case properties
    case params
    case modelParams = "model_params"

    /// What a person calls one of them.
    var noun: String { self == .properties ? "property" : "parameter" }

    /// The column that says whose they are.
    var owner: String { self == .modelParams ? "model_pk" : "run_pk" }
}
