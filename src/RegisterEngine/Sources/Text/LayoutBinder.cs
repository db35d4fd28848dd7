using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>Finds the layout of an extract from its first bytes and its name.</summary>
internal static class LayoutBinder
{
    /// <summary>The one layout that fits.</summary>
    /// <param name="input">Name of the extract; it may hold the year.</param>
    /// <param name="head">The first bytes, without a byte order mark.</param>
    /// <param name="layouts">Layouts to choose from.</param>
    /// <exception cref="ExtractException">None fits, or more than one.</exception>
    public static TextBinding Bind(string input, ReadOnlySpan<byte> head, IReadOnlyList<Layout> layouts)
    {
        TextCheck.Begin(input, head);
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
        return NamedFields.Best(input, fitting, reasons);
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
        if (NamedFields.Find(layout, names, place => new FieldBounds(place, place + 1), out reason) is not { } fields)
        {
            if (first.Fields.Any(IsValue))
                reason = "its first line is no header: a name in it begins with a digit";
            return null;
        }
        var binding = new TextBinding
        {
            Layout = layout,
            Encoding = layout.Encoding,
            Separators = separators,
            Quote = HeaderLine.Quote,
            TwoByteLineEnds = HasTwoByteLineEnds(head, newline),
            FieldCount = names.Count,
            Fields = fields,
            HeaderBytes = layout.HasHeader ? first.Bytes : 0,
            HeaderLines = layout.HasHeader ? first.Lines : 0,
        };
        HeaderLine sample = HeaderLine.Read(head[binding.HeaderBytes..], separators, new TextDecoder(layout.Encoding));
        return WithYear(input, binding, field => field.Place < sample.Fields.Count ? sample.Fields[field.Place] : null, out reason);
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
            Encoding = layout.Encoding,
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
        BoundField? column = binding.FieldOf(RegisterColumn.Year);
        string text = column is not null ? sample(column) ?? "" : NamedFields.YearInName(input, binding.Layout);
        return NamedFields.WithYear(binding, text, needsYear: column is null, out reason);
    }

    // A record where a header should be holds a person's id, which must not be shown.
    private static bool IsValue(string name) => name.Length > 0 && char.IsAsciiDigit(name[0]);

    /// <summary>Whether lines end in a carriage return and a line feed.</summary>
    public static bool HasTwoByteLineEnds(ReadOnlySpan<byte> head, byte newline) =>
        newline == (byte)'\n' && head.IndexOf(newline) is var at and > 0 && head[at - 1] == (byte)'\r';
}
