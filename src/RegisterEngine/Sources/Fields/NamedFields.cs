using System.Globalization;
using System.Text.RegularExpressions;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;

namespace RegisterEngine.Sources.Fields;

/// <summary>Finds the fields of a layout by the names that the columns of an extract have.</summary>
internal static class NamedFields
{
    /// <summary>The fields that are read, or null where the layout does not fit.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="names">Names of the columns.</param>
    /// <param name="bounds">Where the offsets of a column stand.</param>
    /// <param name="reason">Why it does not fit.</param>
    public static List<BoundField>? Find(Layout layout, IReadOnlyList<string> names, Func<int, FieldBounds> bounds, out string reason)
    {
        reason = "";
        var fields = new List<BoundField>();
        for (int place = 0; place < names.Count; place++)
            if (FieldOf(layout, names[place]) is { } field)
                fields.Add(new BoundField(field, names[place], place, bounds(place)));
        if (fields.Find(field => fields.Exists(other => other.Place != field.Place && other.Column == field.Column)) is { } twice)
        {
            reason = $"the columns {string.Join(" and ", fields.Where(field => field.Column == twice.Column).Select(field => $"'{field.Name}'"))} both mean '{RegisterColumns.NameOf(twice.Column)}'";
            return null;
        }
        var absent = new List<string>();
        foreach (LayoutField field in layout.Fields)
            if (field.Required && field.Column != RegisterColumn.Year && !fields.Exists(bound => ReferenceEquals(bound.Field, field)))
                absent.Add($"'{field.Name}'");
        if (absent.Count == 0)
            return fields;
        reason = $"no column {string.Join(" and no column ", absent)} among {string.Join(", ", names.Take(20).Select(name => $"'{name}'"))}";
        return null;
    }

    /// <summary>The one binding that fits best.</summary>
    /// <param name="input">Name of the extract.</param>
    /// <param name="fitting">All that fit.</param>
    /// <param name="reasons">Why others do not.</param>
    /// <exception cref="ExtractException">None fits, or more than one.</exception>
    public static T Best<T>(string input, IReadOnlyList<T> fitting, IReadOnlyList<string> reasons)
        where T : FieldBinding
    {
        if (fitting.Count == 0)
            throw new ExtractException(input, $"no layout fits:\n{string.Join('\n', reasons)}\nName the right one with --schema, or draft one with: registerengine schema infer \"{input}\"");
        var best = new List<T>();
        foreach (T binding in fitting)
        {
            if (best.Count > 0 && binding.Fields.Count > best[0].Fields.Count)
                best.Clear();
            if (best.Count == 0 || binding.Fields.Count == best[0].Fields.Count)
                best.Add(binding);
        }
        return best.Count == 1
            ? best[0]
            : throw new ExtractException(input, $"the layouts {string.Join(" and ", best.Select(binding => binding.Layout.Name))} fit equally well; choose one with --schema.");
    }

    /// <summary>A binding that leaves some columns unread.</summary>
    /// <exception cref="ArgumentException">One of them is indispensable.</exception>
    public static T Without<T>(T binding, IReadOnlyList<RegisterColumn> columns)
        where T : FieldBinding
    {
        if (columns.Count == 0)
            return binding;
        foreach (RegisterColumn column in SourceOptions.Indispensable)
            if (RegisterColumns.PlaceOf(column, columns) >= 0)
                throw new ArgumentException($"No run can do without the column '{RegisterColumns.NameOf(column)}'.", nameof(columns));
        var read = new List<BoundField>();
        foreach (BoundField field in binding.Fields)
            if (RegisterColumns.PlaceOf(field.Column, columns) < 0)
                read.Add(field);
        return (T)(binding with { Fields = read, LeftOut = columns });
    }

    /// <summary>The year in the name of an extract; empty where there is none.</summary>
    public static string YearInName(string input, Layout layout)
    {
        string name = Path.GetFileName(input);
        return layout.YearInFileName is not { } pattern ? name[YearsIn(name).FirstOrDefault()] : Regex.Match(name, pattern) is { Success: true } match ? match.Groups[1].Value : "";
    }

    /// <summary>A regular expression whose first group is the last year in the name of an extract; null where all that stand there are the same, or none does.</summary>
    public static string? PatternOfLastYear(string input)
    {
        string name = Path.GetFileName(input);
        List<Range> years = [.. YearsIn(name)];
        if (years.Select(year => name[year]).Distinct().Count() < 2)
            return null;
        IEnumerable<string> between = years.Select((year, i) => Regex.Escape(name[(i == 0 ? 0 : years[i - 1].End)..year.Start]));
        return $"^{string.Join(@"\d{4}", between)}(\\d{{4}})";
    }

    // Four digits by themselves that begin with 19 or 20.
    private static IEnumerable<Range> YearsIn(string name)
    {
        for (int at = 0; at <= name.Length - 4; at++)
        {
            ReadOnlySpan<char> year = name.AsSpan(at, 4);
            bool isYear = (year.StartsWith("19") || year.StartsWith("20")) && char.IsDigit(year[2]) && char.IsDigit(year[3]);
            if (isYear && (at == 0 || !char.IsDigit(name[at - 1])) && (at + 4 == name.Length || !char.IsDigit(name[at + 4])))
                yield return at..(at + 4);
        }
    }

    /// <summary>Sees whether the layout is valid for the year of an extract, and keeps the year where no column has it.</summary>
    /// <param name="binding">The fields.</param>
    /// <param name="text">The year of the first record, or of the name of the extract.</param>
    /// <param name="needsYear">Whether nothing else tells the year.</param>
    /// <param name="reason">Why the layout does not fit.</param>
    public static T? WithYear<T>(T binding, string text, bool needsYear, out string reason)
        where T : FieldBinding
    {
        bool known = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int year);
        if (known && !binding.Layout.Years.Contains(year))
        {
            reason = $"it is for the years {binding.Layout.Years}, and this is {year}";
            return null;
        }
        if (needsYear && !known)
        {
            reason = "no column has the year, and no year (such as 2024) stands in the name of the file";
            return null;
        }
        reason = "";
        return needsYear ? (T)(binding with { Year = year }) : binding;
    }

    // The first field that is read and called so.
    private static LayoutField? FieldOf(Layout layout, string name)
    {
        foreach (LayoutField field in layout.Fields)
            if (field.Column is not null && IsCalled(field, name))
                return field;
        return null;
    }

    private static bool IsCalled(LayoutField field, string name)
    {
        bool isCalled = field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
        foreach (string alias in field.Aliases)
            isCalled |= alias.Equals(name, StringComparison.OrdinalIgnoreCase);
        return isCalled;
    }
}
