/// A question about runs in the one filter language (DESIGN section 5), parsed once and asked of many runs.
///
/// MLflow's search syntax is a part of it, with the same meaning:
/// ```
/// filter     = [ or ] ;                                    (* the empty filter lets every run pass *)
/// or         = and , { "or" , and } ;
/// and        = unary , { [ "and" ] , unary } ;
/// unary      = ( "not" | "-" ) , unary | "(" , or , ")" | comparison | entry | word ;
/// comparison = key , ( symbol | "LIKE" | "NOT LIKE" | "ILIKE" | "NOT ILIKE" ) , value
///            | key , ( "IN" | "NOT IN" ) , "(" , value , { "," , value } , [ "," ] , ")"
///            | key , ( "IS NULL" | "IS NOT NULL" ) ;
/// symbol     = "=" | "==" | "!=" | "<" | "<=" | ">" | ">=" | ":" | "~" | "!~" ;
/// key        = [ ( "attributes" | "attribute" | "attr" | "run" ) , "." ] , attribute | entry | family ;
/// attribute  = "status" | "name" | "run_name" | "id" | "run_id" | "user" | "user_id" | "experiment" | "experiment_id"
///            | "number" | "parent" | "root" | "created" | "started" | "start_time" | "ended" | "end_time" | "age"
///            | "duration" | "attention" | "artifact_uri" ;
/// entry      = family , "." , ( name | quoted ) | ( "dataset" | "datasets" ) , "." , ( "name" | "digest" | "context" ) ;
/// family     = "tags" | "tag" | "params" | "param" | "parameters" | "parameter" | "properties" | "property"
///            | "metrics" | "metric" ;
/// value      = quoted | bare ;
/// word       = quoted | bare ;
/// quoted     = "'" … "'" | '"' … '"' | "`" … "`" ;
/// ```
/// Keywords and key names ignore letter case; keys after `tags.` and the like do not. Juxtaposition is `and`, which binds
/// tighter than `or`. A minus that starts a number does not negate.
///
/// - A **word** is in the run's name or id, in any letter case. `:` likewise asks for a part of a text.
/// - **Missing** values (no such key, not started, no parent) match no comparison, not even `!=`; only `IS NULL` finds
///   them, or `not`. A key-only tag has no value either, but its key is there: only `IS NOT NULL`, `tags.K` alone and
///   `tags:k` find it. An unknown user counts as missing for `IS NULL`, and as an empty text otherwise.
/// - `tags.K` **alone** asks whether the key is there. `tags:text` asks for a key or value that contains the text.
/// - **Texts**: `=` and `LIKE` mind the letter case, `ILIKE` and `:` do not. `<` and its kind compare numbers when the
///   value is a number (a text that is none then does not match), and texts otherwise. `~` finds a POSIX extended regular
///   expression (see `RegularExpression`), in any letter case after `(?i)`. `experiment` is the name or the id.
/// - **Status** takes the words of `RunStatus`, Azure's and MLflow's (`FINISHED` is Completed, `KILLED` Canceled, `SCHEDULED`
///   Queued), in any letter case, and the groups `active` and `ended` or `terminal`. `status:cancel` finds every status
///   with that part in its name.
/// - **Metrics** are compared by their newest value. NaN matches only `!=`, except that `nan` as the value finds it.
///   A text metric is compared with `=`, `!=`, `:`, `~`; a number and a text are never equal.
/// - **Durations** are written `90s`, `1h30m`, `2d`, `1w`, `500ms`; a plain number is in seconds. `age` counts from the
///   run's creation, `duration` from its start to its end or to now.
/// - **Times** are dates or ISO times, local unless they end in `Z` or an offset, or milliseconds since 1970. They cover
///   what their precision says: `started = 2026-11-24` is that day, and `started > 2026-11-24` is after it.
/// - **Attention** takes `nan`, `stalled` and `silent`; a run without any of them has no value. Whether a run stalled only
///   those know who watched it, so without a dashboard none has.
/// - `artifact_uri` and `dataset.…` are MLflow's; no run here has them, so they count as missing.
/// - Quotes need no escapes: write `"it's"`; a text with both kinds goes into backticks.
package struct Filter: Sendable, Equatable {
    /// The text it was parsed from.
    package let text: String
    /// What the text says; its `description` is the canonical spelling.
    package let expression: FilterExpression

    /// The expression made ready to be asked.
    package let predicate: FilterPredicate

    /// The filter that every run passes.
    package static let all = Filter(text: "", expression: .and([]), predicate: .and([]))

    init(text: String, expression: FilterExpression, predicate: FilterPredicate) {
        self.text = text
        self.expression = expression
        self.predicate = predicate
    }

    /// Throws what is wrong with the text, and where.
    package static func parse(_ text: String) throws(FilterSyntaxError) -> Filter {
        var parser = FilterParser(text)
        let expression = try parser.parse()
        let predicate = FilterPredicate(expression, patterns: parser.patterns)
        return Filter(text: text, expression: expression, predicate: predicate)
    }

    /// Whether `run` passes; `now` is for `age` and `duration`, and `marks` are those that it does not show by itself.
    package func matches(_ run: Run, at now: Timestamp, marks: AttentionMarks = []) -> Bool {
        withUnsafePointer(to: run) { predicate.holds(for: $0, at: now, marks: marks) }
    }

    /// The indices of the `runs` that pass, in ascending order.
    ///
    /// For a keystroke over 100,000 runs: it looks at them where they are, and not at copies as a loop over the array
    /// does. Retaining the texts of a run for its copy takes longer than most comparisons.
    package func matchingIndices(in runs: [Run], at now: Timestamp) -> [Int] {
        runs.withUnsafeBufferPointer { matchingIndices(in: $0, at: now) }
    }

    /// The same for runs in memory that the caller keeps.
    ///
    /// - Parameter marks: those of a run, by its index, that it does not show by itself; nil for none.
    package func matchingIndices(
        in runs: UnsafeBufferPointer<Run>, at now: Timestamp, marks: ((Int) -> AttentionMarks)? = nil
    ) -> [Int] {
        guard let first = runs.baseAddress else { return [] }
        guard let marks else { return runs.indices.filter { predicate.holds(for: first + $0, at: now, marks: []) } }
        return runs.indices.filter { predicate.holds(for: first + $0, at: now, marks: marks($0)) }
    }

    /// By the text, which decides everything else.
    package static func == (left: Filter, right: Filter) -> Bool { left.text == right.text }
}
