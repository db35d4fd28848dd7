using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Text;

/// <summary>
/// Cuts the bytes of an extract into blocks of whole records and hands them to any number of readers, in turn. Only finding the last record end of a
/// block happens in turn; all parsing is in parallel.
/// </summary>
internal sealed class RecordFeed : IDisposable
{
    private const int PieceSize = 64 << 10;

    private readonly Lock _turn = new();
    private readonly string _input;
    private readonly IByteSource _source;

    // What has been read and not been handed out yet.
    private readonly byte[] _pending;
    private int _pendingStart;
    private int _pendingEnd;

    private Separators _separators;
    private byte _quote;
    private bool _ended;
    private bool _skipping;
    private int _blocks;

    /// <summary>Opens the feed and reads the first bytes.</summary>
    public RecordFeed(string input, IByteSource source, int blockSize)
    {
        _input = input;
        _source = source;
        _pending = new byte[blockSize];
        _pendingEnd = ReadFully(_pending);
        if (_pending.AsSpan(0, _pendingEnd).StartsWith("\uFEFF"u8))
            _pendingStart = 3;
        BytesRead = _pendingEnd;
    }

    /// <summary>The first bytes, without a byte order mark.</summary>
    public ReadOnlySpan<byte> Head => _pending.AsSpan(_pendingStart, _pendingEnd - _pendingStart);

    /// <summary>Bytes that were read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Says where the first record begins, and how records end.</summary>
    /// <param name="skip">Bytes of the head before the first record.</param>
    /// <param name="separators">What ends fields and lines.</param>
    /// <param name="quote">The quote; 0 where there is none.</param>
    public void Start(int skip, Separators separators, byte quote)
    {
        _pendingStart += skip;
        _separators = separators;
        _quote = quote;
    }

    /// <summary>Fills a block with the next records; false at the end. May be called from any thread.</summary>
    /// <exception cref="ExtractException">The input cannot be read, or is no text.</exception>
    public bool TryFill(TextBlock block)
    {
        lock (_turn)
        {
            while (!_ended)
            {
                int count = Take(block);
                if (count == 0)
                {
                    _ended = true;
                    break;
                }
                if (!Cut(block, count))
                    continue;
                block.Ordinal = _blocks++;
                return true;
            }
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    // Moves what is pending to the block and fills it up, piece by piece: each is looked at while it lies in the nearest cache.
    private int Take(TextBlock block)
    {
        Span<byte> room = block.Room;
        int count = _pendingEnd - _pendingStart;
        _pending.AsSpan(_pendingStart, count).CopyTo(room);
        _pendingStart = _pendingEnd = 0;
        block.HasQuotes = HasQuotes(room[..count]);
        while (count < room.Length)
        {
            Span<byte> piece = room[count..Math.Min(count + PieceSize, room.Length)];
            int read = ReadFully(piece);
            block.HasQuotes |= HasQuotes(piece[..read]);
            BytesRead += read;
            count += read;
            if (read < piece.Length)
                break;
        }
        return count;
    }

    // Ends the block after its last record and keeps the rest pending; false where there is nothing to hand out.
    private bool Cut(TextBlock block, int count)
    {
        bool atEnd = count < block.Size;
        ReadOnlySpan<byte> text = block.Bytes.Slice(TextBlock.Origin, count);
        block.Broken = null;
        int end = TextBlock.Origin + count;
        if (_skipping)
            return EndSkipping(text);
        (int last, bool inside) = block.HasQuotes
            ? QuotedScan.LastLineEnd(block.Bytes, TextBlock.Origin, end, _separators, _quote)
            : (text.LastIndexOf(_separators.Newline) is var at and >= 0 ? at + TextBlock.Origin : -1, false);
        if (atEnd && !inside && last != end - 1)
        {
            block.Bytes[end] = _separators.Newline;
            last = end;
        }
        else if (last < 0)
            last = CutBroken(block, text, end, inside);
        block.End = last + 1;
        if (block.End < end)
            Keep(block.Bytes.Slice(block.End, end - block.End));
        return true;
    }

    // No record ends here although the block is full or the input is: an open quote that nothing closes, or a line longer than a block.
    private int CutBroken(TextBlock block, ReadOnlySpan<byte> text, int end, bool inside)
    {
        int line = text.IndexOf(_separators.Newline);
        block.Broken = inside ? RejectReason.Quotes : RejectReason.TooLong;
        if (line >= 0)
            return line + TextBlock.Origin;
        _skipping = text.Length == block.Size;
        block.Bytes[end] = _separators.Newline;
        return end;
    }

    private bool EndSkipping(ReadOnlySpan<byte> text)
    {
        int line = text.IndexOf(_separators.Newline);
        if (line < 0)
            return false;
        _skipping = false;
        Keep(text[(line + 1)..]);
        return false;
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        rest.CopyTo(_pending);
        _pendingStart = 0;
        _pendingEnd = rest.Length;
    }

    private bool HasQuotes(ReadOnlySpan<byte> text)
    {
        if (!ByteScan.HasZeroOr(text, _quote))
            return false;
        TextCheck.NoZero(_input, text);
        return true;
    }

    private int ReadFully(Span<byte> target)
    {
        try
        {
            int count = 0;
            while (count < target.Length)
            {
                int read = _source.Read(target[count..]);
                if (read == 0)
                    break;
                count += read;
            }
            return count;
        }
        catch (InvalidDataException e)
        {
            throw new ExtractException(_input, "the compressed data is damaged or cut short. Fetch the file again.", e);
        }
        catch (IOException e)
        {
            throw new ExtractException(_input, $"cannot be read: {e.Message}", e);
        }
    }
}
