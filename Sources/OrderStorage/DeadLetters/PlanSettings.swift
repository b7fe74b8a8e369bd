internal import Postgres

/// What a search asks of the planner, for its own transaction.
enum PlanSettings {
    /// Plans for the values at hand, because a filter may meet one letter or all; and nothing compiled, because no
    /// search here runs long enough to be worth it.
    static let search = Statement(
        "letters_plan",
        "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)"
    )
}
