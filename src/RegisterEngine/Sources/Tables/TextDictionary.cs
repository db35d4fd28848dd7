using System.Numerics;
using RegisterEngine.Kernels;

namespace RegisterEngine.Sources.Tables;

/// <summary>Gives each distinct value of any length a code, in the order of arrival, and keeps its bytes.</summary>
internal sealed class TextDictionary
{
    // Of those that can be found: all, or fewer where values were added that nobody has looked for since.
    private readonly Growing<uint> _hashes = new();
    private readonly Growing<int> _ends = new();
    private readonly ByteBuffer _bytes = new();
    private int[] _slots = new int[1 << 10];

    /// <summary>How many there are.</summary>
    public int Count => _ends.Count;

    /// <summary>Whether values have been looked for.</summary>
    public bool IsSearched => _hashes.Count > 0;

    /// <summary>Bytes of all.</summary>
    public int Bytes => _bytes.Length;

    /// <summary>The value of a code.</summary>
    public ReadOnlySpan<byte> this[int code] => _bytes.Written[(code == 0 ? 0 : _ends.Items[code - 1]).._ends.Items[code]];

    /// <summary>The code of a value, given now if it has none yet.</summary>
    public int CodeOf(ReadOnlySpan<byte> value)
    {
        if (_hashes.Count < Count)
            Catalogue();
        uint hash = HashOf(value);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        for (; _slots[slot] > 0; slot = (slot + 1) & mask)
            if (_hashes.Items[_slots[slot] - 1] == hash && value.SequenceEqual(this[_slots[slot] - 1]))
                return _slots[slot] - 1;
        _hashes.Add(hash);
        _slots[slot] = _hashes.Count;
        if (_hashes.Count * 2 > _slots.Length)
            Deal(_slots.Length * 2);
        return Add(value);
    }

    /// <summary>Adds a value that is not there, and returns its code.</summary>
    public int Add(ReadOnlySpan<byte> value)
    {
        _bytes.Append(value);
        _ends.Add(_bytes.Length);
        return Count - 1;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _ends.Clear();
        if (IsSearched)
            Array.Clear(_slots);
        _hashes.Clear();
    }

    // Makes values findable that were added without a look.
    private void Catalogue()
    {
        while (_hashes.Count < Count)
            _hashes.Add(HashOf(this[_hashes.Count]));
        Deal(Math.Max(_slots.Length, (int)BitOperations.RoundUpToPowerOf2((uint)Count * 2)));
    }

    private void Deal(int slots)
    {
        _slots = new int[slots];
        int mask = _slots.Length - 1;
        ReadOnlySpan<uint> hashes = _hashes.Items;
        for (int code = 0; code < hashes.Length; code++)
        {
            int slot = (int)hashes[code] & mask;
            while (_slots[slot] > 0)
                slot = (slot + 1) & mask;
            _slots[slot] = code + 1;
        }
    }

    private static uint HashOf(ReadOnlySpan<byte> value) => (uint)(Hashing.Bytes(value) >> 32);
}
