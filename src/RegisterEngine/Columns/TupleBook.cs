using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>Gives each distinct tuple of codes a code of its own: an Arrow dictionary whose values are structs of texts. All members may be called from any thread.</summary>
/// <remarks>
/// Municipality, workplace and its name go together, and so do position, name, service area and form: few of their combinations occur, and a row then holds two
/// numbers instead of seven.
/// </remarks>
public sealed class TupleBook : ICodes
{
    private readonly Lock _adding = new();
    private readonly int _width;
    private volatile int[] _tuples;

    // A code and one more, or 0.
    private volatile int[] _slots = new int[1 << 10];
    private volatile int _count;

    /// <summary>A book of tuples of some codes.</summary>
    public TupleBook(int width)
    {
        _width = width;
        _tuples = new int[256 * width];
    }

    /// <inheritdoc/>
    public int Count => _count;

    /// <summary>The code of a tuple, given now if it has none yet.</summary>
    public int Code(ReadOnlySpan<int> tuple)
    {
        int code = Find(_slots, tuple, out _);
        return code >= 0 ? code : Add(tuple);
    }

    /// <summary>One part of every tuple, by code; to be asked for when no more are added.</summary>
    public int[] Part(int part)
    {
        lock (_adding)
        {
            var codes = new int[_count];
            for (int code = 0; code < codes.Length; code++)
                codes[code] = _tuples[(code * _width) + part];
            return codes;
        }
    }

    // Takes no lock: who sees a slot sees the tuple that was written before it; and who sees an array from before it grew does not find what came after.
    private int Find(int[] slots, ReadOnlySpan<int> tuple, out int at)
    {
        ulong hash = 0;
        foreach (int code in tuple)
            hash = Hashing.Mix(hash ^ (uint)code);
        int mask = slots.Length - 1;
        for (at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            int code = Volatile.Read(ref slots[at]) - 1;
            if (code < 0 || tuple.SequenceEqual(_tuples.AsSpan(code * _width, _width)))
                return code;
        }
    }

    private int Add(ReadOnlySpan<int> tuple)
    {
        lock (_adding)
        {
            int code = Find(_slots, tuple, out int at);
            if (code >= 0)
                return code;
            code = _count;
            if ((code + 1) * _width > _tuples.Length)
                Grow(_tuples);
            tuple.CopyTo(_tuples.AsSpan(code * _width));
            Volatile.Write(ref _slots[at], code + 1);
            _count = code + 1;
            if (_count * 2 > _slots.Length)
                Deal(_slots.Length * 2);
            return code;
        }
    }

    private void Grow(int[] tuples)
    {
        Array.Resize(ref tuples, tuples.Length * 2);
        _tuples = tuples;
    }

    private void Deal(int count)
    {
        int[] slots = new int[count];
        for (int code = 0; code < _count; code++)
        {
            Find(slots, _tuples.AsSpan(code * _width, _width), out int at);
            slots[at] = code + 1;
        }
        _slots = slots;
    }
}
