using System.Numerics;
using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Fields;

/// <summary>Reads a column of numbers: the usual form by a kernel, all others carefully, one by one.</summary>
/// <typeparam name="T">How the canonical column stores them.</typeparam>
internal abstract class NumberParser<T> : FieldParser
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly T[] _missingNumbers;
    private readonly int[] _rows = new int[ParseContext.MostRows];
    private readonly SourceCounts _unnoted = new();

    // What each value of a dictionary was read as; the missing value where rows need care.
    private readonly ByteBuffer _text = new();
    private int[] _offsets = [];
    private DictionaryValues? _dictionary;
    private T[] _known = new T[1];
    private bool _anyNeedsCare;

    private protected NumberParser(BoundField field, BatchColumn target, byte quote, T minimum, T maximum)
        : base(field, target, quote)
    {
        Minimum = T.Max(minimum, T.CreateSaturating(field.Field.Minimum ?? long.MinValue));
        Maximum = T.Min(maximum, T.CreateSaturating(field.Field.Maximum ?? long.MaxValue));
        _missingNumbers = MissingNumbers(field.Field.MissingValues);
    }

    /// <summary>The smallest value allowed.</summary>
    private protected T Minimum { get; }

    /// <summary>The largest value allowed.</summary>
    private protected T Maximum { get; }

    /// <summary>Why a text that is no value is rejected.</summary>
    private protected abstract RejectReason WrongReason { get; }

    /// <summary>What should stand in the column.</summary>
    private protected abstract string Expected { get; }

    /// <summary>What a value in the range is.</summary>
    private protected virtual string ExpectedRange => $"from {Minimum} to {Maximum}";

    // The missing value of RegisterBatch for both types of number.
    private static T Missing => T.MinValue;

    /// <summary>What <see cref="FieldParser.Parse"/> does.</summary>
    /// <remarks>Called by name, the code for each type of number is made ahead; reached by the table of virtual methods alone, it is made when the first row is read.</remarks>
    private protected void ParseNumbers(ParseContext context)
    {
        RawField fields = context.Raw(Field);
        Span<T> values = context.Batch.Column(Target).As<T>().Slice(context.At, context.Rows.Rows);
        int left = context.Table is { } table && table.IsDirect(Field.Place)
            ? ReadDirect(table.Column(Field.Place), table.From, values)
            : ReadUsual(context.Rows.Column(Field.Bounds), values, _rows);
        foreach (int row in _rows.AsSpan(0, left))
            values[row] = ReadCarefully(fields[row], row, context);
        if (_missingNumbers.Length > 0)
            ReadMissing(values, context);
        Finish(context);
        int outside = RangeScan.Outside(values, Minimum, Maximum, _rows);
        foreach (int row in _rows.AsSpan(0, outside))
            if (values[row] != Missing)
                context.Errors.Add(row, Field, RejectReason.Range, ExpectedRange);
    }

    /// <summary>Reads the rows of the usual form, and lists the others.</summary>
    private protected abstract int ReadUsual(FieldColumn fields, Span<T> values, Span<int> leftOver);

    /// <summary>Reads rows of a column of numbers or dates, and lists those that need care.</summary>
    private protected abstract int ReadTyped(Column column, int from, Span<T> values, Span<int> leftOver);

    /// <summary>Reads a text of any other form.</summary>
    private protected abstract bool TryRead(ReadOnlySpan<byte> text, SourceCounts counts, out T value);

    private void ReadMissing(Span<T> values, ParseContext context)
    {
        if (!values.ContainsAny(_missingNumbers))
            return;
        RawField fields = context.Raw(Field);
        for (int row = 0; row < values.Length; row++)
            if (_missingNumbers.Contains(values[row]))
                values[row] = ReadCarefully(fields[row], row, context);
    }

    private T ReadCarefully(ReadOnlySpan<byte> raw, int row, ParseContext context)
    {
        if (!TryText(raw, row, context, out ReadOnlySpan<byte> text))
            return Missing;
        if (TryRead(text, context.Counts, out T value))
            return value;
        context.Errors.Add(row, Field, WrongReason, Expected);
        return Missing;
    }

    // Each value of a dictionary is read once. One that has no value, or needs a repair, is read again in each row, so that what happens is counted.
    private int ReadDirect(Column column, int from, Span<T> values)
    {
        if (column.Codes is not DictionaryValues dictionary)
            return ReadTyped(column, from, values, _rows);
        if (!ReferenceEquals(dictionary, _dictionary))
            Learn(dictionary);
        Slots.Gather<T>(_known, column.As<int>().Slice(from, values.Length), values);
        if (column.NullCount > 0)
            for (int row = 0; row < values.Length; row++)
                if (column.IsNull(from + row))
                    values[row] = Missing;
        return _anyNeedsCare || column.NullCount > 0 ? RangeScan.Outside(values, Missing + T.One, T.MaxValue, _rows) : 0;
    }

    private void Learn(DictionaryValues dictionary)
    {
        _dictionary = dictionary;
        if (_known.Length < dictionary.Count)
            _known = new T[Arrays.Roomy(dictionary.Count)];
        _anyNeedsCare = false;
        for (int at = 0; at < dictionary.Count; at += ParseContext.MostRows)
        {
            Span<T> values = _known.AsSpan(at, Math.Min(ParseContext.MostRows, dictionary.Count - at));
            Learn(dictionary.Values, at, values);
            _anyNeedsCare |= values.Contains(Missing);
        }
    }

    private void Learn(Column column, int from, Span<T> values)
    {
        if (TableChunk.IsDirect(Field.Column, column.Field.Type))
            foreach (int row in _rows.AsSpan(0, ReadTyped(column, from, values, _rows)))
                values[row] = Missing;
        else if (column.Field.Type.HasOffsets)
            foreach (int row in _rows.AsSpan(0, ReadUsual(LaidOut(column, from, values.Length), values, _rows)))
                values[row] = PlainOrMissing(column, from + row);
        else
            for (int i = 0; i < values.Length; i++)
                values[i] = PlainOrMissing(column, from + i);
    }

    private FieldColumn LaidOut(Column column, int from, int rows)
    {
        if (_offsets.Length == 0)
            _offsets = new int[ParseContext.MostRows * TextOffsets.Stride];
        _text.Clear();
        TextOffsets.Pad(_text);
        TextOffsets.Append(column, from, rows, _text, _offsets);
        TextOffsets.Pad(_text);
        return new FieldTable(_text.Written, _offsets, TextOffsets.Stride, rows).Column(new FieldBounds(0, 1));
    }

    private T PlainOrMissing(Column values, int row)
    {
        _unnoted.Clear();
        return TryText(ValueText.Of(values, row, _text), out ReadOnlySpan<byte> text) && TryRead(text, _unnoted, out T value) && !_unnoted.HasRepairs ? value : Missing;
    }

    // Texts that mean 'missing' and look like a value, such as 9999: the kernel would read them.
    private T[] MissingNumbers(IReadOnlyList<string> texts)
    {
        var numbers = new List<T>();
        foreach (string text in texts)
            if (text.Length > 0 && TryRead(Encoding.UTF8.GetBytes(text), new SourceCounts(), out T number))
                numbers.Add(number);
        return [.. numbers];
    }
}
