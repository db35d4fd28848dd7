using System.Globalization;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources;

/// <summary>Tells of a row in error whether its year is sound and none of those wanted: then it is left out as its sound neighbours are, and is no error of the data.</summary>
internal sealed class YearOfError
{
    private readonly FieldReader? _reader;
    private readonly RowErrors _unnoted = new();
    private readonly FieldBinding _binding;
    private readonly YearSpan _wanted;

    public YearOfError(FieldBinding binding, YearSpan? wanted)
    {
        _binding = binding;
        if (wanted is not { } years || binding.FieldOf(RegisterColumn.Year) is not { } field)
            return;
        _wanted = years;
        Field = field;
        _reader = new FieldReader(field, binding.Quote);
    }

    /// <summary>The column of the year; null where all years are wanted, or no column has it.</summary>
    public BoundField? Field { get; }

    /// <summary>Whether the text of a year is one of four digits that the layout allows, and not wanted. Any other form of it leaves the row in error.</summary>
    public bool IsOther(ReadOnlySpan<byte> raw)
    {
        _unnoted.Clear();
        return _reader is not null && _reader.TryText(raw, 0, _unnoted, out ReadOnlySpan<byte> text)
            && text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            && _binding.Layout.Years.Contains(year) && year >= (Field!.Field.Minimum ?? year) && year <= (Field.Field.Maximum ?? year) && !_wanted.Contains(year);
    }
}
