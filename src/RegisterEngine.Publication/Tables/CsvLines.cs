using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace RegisterEngine.Publication.Tables;

/// <summary>Writes lines of CSV straight into bytes. The same shares stand in a table again and again, so that numbers written before are copied.</summary>
/// <param name="target">Where to; stays open.</param>
/// <param name="delimiter">Between fields.</param>
/// <param name="newline">After each line.</param>
internal sealed class CsvLines(Stream target, char delimiter, string newline) : IDisposable
{
    private const int LongestNumber = 32;
    private const int MemoBits = 14;

    private byte[] _buffer = new byte[1 << 16];
    private readonly Number[] _memo = new Number[1 << MemoBits];
    private int _used;
    private bool _isWithin;

    /// <summary>Begins the next field of the line.</summary>
    public void NextField()
    {
        if (_isWithin)
            Append(delimiter);
        _isWithin = true;
    }

    /// <summary>Ends the line.</summary>
    public void EndLine()
    {
        foreach (char character in newline)
            Append(character);
        _isWithin = false;
    }

    /// <summary>Appends a text, in quotes where it needs them.</summary>
    public void Append(string text)
    {
        if (text.AsSpan().ContainsAny([delimiter, '"', '\r', '\n']))
            text = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _used += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_used));
    }

    /// <summary>Appends a whole number.</summary>
    public void Append(long number)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(_used), out int written);
        _used += written;
    }

    /// <summary>Appends a number in the fewest digits that tell it from all others.</summary>
    public void Append(double number)
    {
        Reserve(LongestNumber);
        long bits = BitConverter.DoubleToInt64Bits(number);
        ref Number known = ref _memo[(int)((ulong)(bits * unchecked((long)0x9E3779B97F4A7C15)) >> (64 - MemoBits))];
        byte[]? text = known.Bits == bits ? known.Text : null;
        if (text is null)
        {
            number.TryFormat(_buffer.AsSpan(_used), out int written, default, CultureInfo.InvariantCulture);
            text = _buffer.AsSpan(_used, written).ToArray();
            known = new Number(bits, text);
        }
        text.CopyTo(_buffer.AsSpan(_used));
        _used += text.Length;
    }

    /// <summary>Hands over what is left.</summary>
    public void Dispose() => Flush();

    private void Append(char ascii)
    {
        Reserve(1);
        _buffer[_used++] = (byte)ascii;
    }

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _used >= bytes)
            return;
        Flush();
        if (_buffer.Length < bytes)
            _buffer = new byte[bytes];
    }

    private void Flush()
    {
        target.Write(_buffer, 0, _used);
        _used = 0;
    }

    private readonly record struct Number(long Bits, byte[]? Text);
}
