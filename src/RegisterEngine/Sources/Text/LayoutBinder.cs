using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>Finds the layout of an extract from its first bytes and its name.</summary>
internal static class LayoutBinder
{
    private const string AnyYear = @"(?<!\d)((?:19|20)\d\d)(?!\d)";

    /// <summary>The one layout that fits.</summary>
    /// <param name="input">Name of the extract; it may hold the year.</param>
    /// <param name="head">The first bytes, without a byte order mark.</param>
    /// <param name="layouts">Layouts to choose from.</param>
    /// <exception cref="ExtractException">None fits, or more than one.</exception>
    public static TextBinding Bind(string input, ReadOnlySpan<byte> head, IReadOnlyList<Layout> layouts)
    {
        if (head.IsEmpty)
            throw new ExtractException(input, "is empty.");
        if (head.Contains((byte)0))
            throw new ExtractException(input, "holds a zero byte, so it is no text file. If it is UTF-16, save it as UTF-8; if it is another format, convert it first.");
        var fitting = new List<TextBinding>();
        var reasons = new List<string>();
        foreach (Layout layout in layouts)
        {
            TextBinding? binding = layout.Format == LayoutFormat.Delimited
                ? BindDelimited(input, head, layout, out string reason)
                : BindFixedWidth(input, head, layout, out reason);
            if (binding is null)
                reasons.Add($"  {layout.Name}: {reason}");
            else
                fitting.Add(binding);
        }
        if (fitting.Count == 0)
            throw new ExtractException(input, $"no layout fits:\n{string.Join('\n', reasons)}\nName the right one with --schema, or draft one with: registerengine schema infer \"{input}\"");
        int most = fitting.Max(binding => binding.Fields.Count);
        List<TextBinding> best = [.. fitting.Where(binding => binding.Fields.Count == most)];
        return best.Count == 1
            ? best[0]
            : throw new ExtractException(input, $"the layouts {string.Join(" and ", best.Select(binding => binding.Layout.Name))} fit equally well; choose one with --schema.");
    }

    private static TextBinding? BindDelimited(string input, ReadOnlySpan<byte> head, Layout layout, out string reason)
    {
        byte newline = HeaderLine.NewlineOf(head);
        var separators = new Separators(layout.Delimiter ?? HeaderLine.DelimiterOf(head, newline), newline);
        HeaderLine first = HeaderLine.Read(head, separators, new TextDecoder(layout.Encoding));
        var names = layout.HasHeader ? first.Fields : [.. layout.Fields.Select(field => field.Name)];
        if (names.Count != first.Fields.Count)
        {
            reason = $"the first line has {first.Fields.Count} fields, not {names.Count}";
            return null;
        }
        var fields = new List<BoundField>();
        for (int place = 0; place < names.Count; place++)
            if (layout.Fields.FirstOrDefault(field => field.Column is not null && IsCalled(field, names[place])) is { } field)
                fields.Add(new BoundField(field, names[place], place, new FieldBounds(place, place + 1)));
        if (fields.GroupBy(field => field.Column).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            reason = $"the columns {string.Join(" and ", twice.Select(field => $"'{field.Name}'"))} both mean '{RegisterColumns.NameOf(twice.Key)}'";
            return null;
        }
        List<string> absent = [.. layout.Fields.Where(field => field.Required && field.Column != RegisterColumn.Year && fields.All(bound => bound.Field != field)).Select(field => $"'{field.Name}'")];
        if (absent.Count > 0)
        {
            reason = first.Fields.Any(IsValue)
                ? "its first line is no header: a name in it begins with a digit"
                : $"no column {string.Join(" and no column ", absent)} among {string.Join(", ", first.Fields.Take(20).Select(name => $"'{name}'"))}";
            return null;
        }
        var binding = new TextBinding
        {
            Layout = layout,
            Separators = separators,
            Quote = HeaderLine.Quote,
            TwoByteLineEnds = HasTwoByteLineEnds(head, newline),
            FieldCount = names.Count,
            Fields = fields,
            HeaderBytes = layout.HasHeader ? first.Bytes : 0,
            HeaderLines = layout.HasHeader ? first.Lines : 0,
        };
        HeaderLine sample = HeaderLine.Read(head[binding.HeaderBytes..], separators, new TextDecoder(layout.Encoding));
        return WithYear(input, binding, field => sample.Fields.ElementAtOrDefault(field.Place), out reason);
    }

    private static TextBinding? BindFixedWidth(string input, ReadOnlySpan<byte> head, Layout layout, out string reason)
    {
        byte newline = HeaderLine.NewlineOf(head);
        ReadOnlySpan<byte> rest = head;
        int skip = 0;
        if (layout.HasHeader)
        {
            skip = head.IndexOf(newline) + 1;
            rest = head[skip..];
        }
        int end = rest.IndexOf(newline);
        ReadOnlySpan<byte> line = FixedWidthRecords.WithoutReturn(end < 0 ? rest : rest[..end]);
        if (FixedWidthRecords.LengthOf(line, layout.Encoding) != layout.RecordLength)
        {
            reason = $"the first record is {FixedWidthRecords.LengthOf(line, layout.Encoding)} characters long, not {layout.RecordLength}";
            return null;
        }
        var binding = new TextBinding
        {
            Layout = layout,
            Separators = new Separators(newline, newline),
            TwoByteLineEnds = HasTwoByteLineEnds(head, newline),
            FieldCount = layout.Fields.Count,
            Fields = [.. layout.Fields.Select((field, i) => new BoundField(field, field.Name, i, new FieldBounds(2 * i, (2 * i) + 1))).Where(field => field.Field.Column is not null)],
            HeaderBytes = skip,
            HeaderLines = skip > 0 ? 1 : 0,
        };
        string sample = Encoding.Latin1.GetString(line);
        return WithYear(input, binding, field => sample.Substring(field.Field.Start - 1, field.Field.Length), out reason);
    }

    // The year: from its column, or else from the name of the file; and whether the layout is valid for it.
    private static TextBinding? WithYear(string input, TextBinding binding, Func<BoundField, string?> sample, out string reason)
    {
        BoundField? column = binding.Fields.FirstOrDefault(field => field.Column == RegisterColumn.Year);
        string text = column is not null
            ? sample(column) ?? ""
            : Regex.Match(Path.GetFileName(input), binding.Layout.YearInFileName ?? AnyYear) is { Success: true } match ? match.Groups[1].Value : "";
        bool known = int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int year);
        if (known && !binding.Layout.Years.Contains(year))
        {
            reason = $"it is for the years {binding.Layout.Years}, and this is {year}";
            return null;
        }
        if (column is null && !known)
        {
            reason = "no column has the year, and no year (such as 2024) stands in the name of the file";
            return null;
        }
        reason = "";
        return column is null ? binding with { Year = year } : binding;
    }

    // A record where a header should be holds a person's id, which must not be shown.
    private static bool IsValue(string name) => name.Length > 0 && char.IsAsciiDigit(name[0]);

    private static bool IsCalled(LayoutField field, string name) =>
        field.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || field.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool HasTwoByteLineEnds(ReadOnlySpan<byte> head, byte newline) =>
        newline == (byte)'\n' && head.IndexOf(newline) is var at and > 0 && head[at - 1] == (byte)'\r';
}
