using RegisterEngine.Regression.Algebra;

namespace RegisterEngine.Regression;

/// <summary>The terms of a model, which of them are identified, and why others are not.</summary>
internal sealed class Terms
{
    /// <summary>Name of the constant.</summary>
    public const string Constant = "(Intercept)";

    private readonly int _hidden;
    private readonly NullSpace _zero;
    private readonly string[] _effects;
    private readonly Collinearity _collinearity;

    /// <summary>Terms by the combinations of their columns that are zero.</summary>
    public Terms(IReadOnlyList<string> names, int hidden, NullSpace zero, IEnumerable<string> effects, Collinearity collinearity)
    {
        Names = names;
        _hidden = hidden;
        _zero = zero;
        _effects = [.. effects];
        _collinearity = collinearity;
        HashSet<int> madeUp = [.. zero.MadeUp()];
        Kept = [.. Enumerable.Range(0, names.Count).Where(term => !madeUp.Contains(term))];
    }

    /// <summary>Names of all terms; hidden ones are first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Terms that are reported.</summary>
    public IEnumerable<int> Reported => Enumerable.Range(_hidden, Names.Count - _hidden);

    /// <summary>Terms that are fitted: all but those that earlier ones make up.</summary>
    public int[] Kept { get; }

    /// <summary>Whether the coefficient of a term has a value in the results.</summary>
    public bool HasValue(int term) => _collinearity == Collinearity.Name ? _zero.IsIdentified(term) : Kept.AsSpan().Contains(term);

    /// <summary>What must be known about a term; null where nothing.</summary>
    public string? NoteOf(int term)
    {
        if (_zero.IsIdentified(term))
            return null;
        int[] partners = [.. _zero.PartnersOf(term).Where(other => other >= _hidden)];
        string next = _effects.Length == 0 ? "" : $" next to the effects of {Enumerate(_effects)}";
        if (_collinearity == Collinearity.LeaveOutLater && HasValue(term))
            return $"what it is when {Enumerate(partners.Where(other => !HasValue(other)).Select(other => Names[other]))} is left out, from which it cannot be told{next}";
        if (partners.Length > 0)
            return $"not identified: cannot be told from {Enumerate(partners.Select(other => Names[other]))}{next}";
        return _effects.Length == 0 ? "not identified: zero in all rows" : $"not identified: the effects of {Enumerate(_effects)} make it up";
    }

    private static string Enumerate(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
