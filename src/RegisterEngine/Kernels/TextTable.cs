using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RegisterEngine.Kernels;

/// <summary>
/// Numbers distinct short texts, 0, 1, 2 ... in the order they are added, and finds the numbers of many fields at once by comparing their bytes.
/// </summary>
/// <remarks>
/// A text takes one cache line of 64 bytes at the place that its number tells, filled up with zeros, so that one comparison tells whether a field is the same. The hash
/// looks at the first and last sixteen bytes only; should texts be made to have equal hashes, the table changes to one that looks at all. Where fields mostly
/// repeat that of the row above, as in a file in the order of workplaces, they are compared with that one first, which spares the hash.
/// </remarks>
internal sealed class TextTable
{
    /// <summary>The longest text that it holds.</summary>
    public const int MaxLength = 64;

    /// <summary>Stands for a text that is not there.</summary>
    public const int None = -1;

    private const int MostProbes = 64;
    private const byte Unused = byte.MaxValue;
    private const int RowsToTell = 256;

    private Slot[] _slots = new Slot[1 << 9];
    private Memory<byte> _lines = Buffers.Allocate(128 * MaxLength);
    private byte[] _lengths = new byte[128];
    private bool _hashesAll;
    private bool _mostlyRepeats;
    private int _rows;
    private int _repeats;

    /// <summary>How many texts there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all texts.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>Writes the numbers of the fields of some rows, up to the first that is not there; returns that row, or the number of rows.</summary>
    /// <param name="fields">The fields, padded as <see cref="FieldTable"/> asks.</param>
    /// <param name="from">The first row; the number of the one before has been written.</param>
    /// <param name="numbers">One for each row.</param>
    public int Find(FieldColumn fields, int from, Span<int> numbers)
    {
        ref byte text = ref MemoryMarshal.GetReference(fields.Text);
        ref byte lines = ref MemoryMarshal.GetReference(_lines.Span);
        ref Slot slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        uint mask = (uint)_slots.Length - 1;
        bool mostlyRepeats = _mostlyRepeats;
        int last = None, lastLength = None;
        ref byte lastField = ref text;
        FieldCursor cursor = fields.CursorAt(Math.Max(0, from - 1));
        if (from > 0)
        {
            last = numbers[from - 1];
            lastLength = cursor.End - cursor.Start;
            lastField = ref Unsafe.Add(ref text, cursor.Start);
            cursor.MoveNext();
        }
        int repeats = 0;
        int row = from;
        for (; row < numbers.Length; row++)
        {
            int start = cursor.Start;
            int length = cursor.End - start;
            cursor.MoveNext();
            ref byte field = ref Unsafe.Add(ref text, start);
            if (mostlyRepeats && length == lastLength && IsSame(ref field, length, ref lastField))
            {
                numbers[row] = last;
                repeats++;
                continue;
            }
            uint tag = TagOf(ref field, length);
            uint at = tag & mask;
            Slot slot = Unsafe.Add(ref slots, (nint)at);
            while (slot.Tag != tag && !slot.IsEmpty)
                slot = Unsafe.Add(ref slots, (nint)(at = (at + 1) & mask));
            int number = slot.Number;
            if (slot.Length != length || !IsSame(ref field, length, ref Unsafe.Add(ref lines, (nint)number * MaxLength)))
            {
                number = slot.IsEmpty ? None : Find(fields.Text.Slice(start, length));
                if (number == None)
                    break;
            }
            numbers[row] = number;
            repeats += number == last ? 1 : 0;
            last = number;
            lastField = ref field;
            lastLength = length;
        }
        Note(row - from, repeats);
        return row;
    }

    /// <summary>The number of a text, or <see cref="None"/>; it must be readable for 64 bytes.</summary>
    public int Find(ReadOnlySpan<byte> text) => text.Length > MaxLength ? None : _slots[SlotOf(text, out _)] is { IsEmpty: false } slot ? slot.Number : None;

    /// <summary>Adds a text that is not there, and returns its number.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public int Add(ReadOnlySpan<byte> text)
    {
        if (text.Length > MaxLength)
            throw new ArgumentException($"A text of {text.Length} bytes is too long.", nameof(text));
        int number = TakeNumber();
        Span<byte> line = _lines.Span.Slice(number * MaxLength, MaxLength);
        line.Clear();
        text.CopyTo(line);
        _lengths[number] = (byte)text.Length;
        if (Count * 4 > _slots.Length)
            Grow();
        Place(number);
        return number;
    }

    /// <summary>Takes a number for something that the table does not find.</summary>
    public int TakeNumber()
    {
        if (Count == _lengths.Length)
        {
            Memory<byte> lines = Buffers.Allocate(_lines.Length * 2);
            _lines.CopyTo(lines);
            _lines = lines;
            Array.Resize(ref _lengths, _lengths.Length * 2);
        }
        _lengths[Count] = Unused;
        return Count++;
    }

    private void Note(int rows, int repeats)
    {
        _rows += rows;
        _repeats += repeats;
        if (_rows < RowsToTell)
            return;
        _mostlyRepeats = _repeats * 2 > _rows;
        _rows = _repeats = 0;
    }

    // A slot knows its hash: no text is looked at.
    private void Grow()
    {
        Slot[] before = _slots;
        _slots = new Slot[before.Length * 2];
        int mask = _slots.Length - 1;
        foreach (Slot slot in before)
        {
            if (slot.IsEmpty)
                continue;
            int at = (int)slot.Tag & mask;
            while (!_slots[at].IsEmpty)
                at = (at + 1) & mask;
            _slots[at] = slot;
        }
    }

    private void HashAll()
    {
        _hashesAll = true;
        Array.Clear(_slots);
        for (int number = 0; number < Count; number++)
            if (_lengths[number] != Unused)
                Place(number);
    }

    private void Place(int number)
    {
        ReadOnlySpan<byte> text = _lines.Span.Slice(number * MaxLength, _lengths[number]);
        int slot = SlotOf(text, out int probes);
        _slots[slot] = new Slot(TagOf(ref MemoryMarshal.GetReference(text), text.Length), number, text.Length);
        if (probes <= MostProbes || _hashesAll)
            return;
        HashAll();
    }

    private int SlotOf(ReadOnlySpan<byte> text, out int probes)
    {
        uint tag = TagOf(ref MemoryMarshal.GetReference(text), text.Length);
        int mask = _slots.Length - 1;
        int at = (int)tag & mask;
        for (probes = 0; !_slots[at].IsEmpty; probes++, at = (at + 1) & mask)
        {
            int number = _slots[at].Number;
            if (_slots[at].Tag == tag && text.SequenceEqual(_lines.Span.Slice(number * MaxLength, _lengths[number])))
                break;
        }
        return at;
    }

    // Never reads beyond the 64 bytes after the first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint TagOf(ref byte text, int length)
    {
        if (_hashesAll && length <= MaxLength)
            return (uint)Hashing.Bytes(MemoryMarshal.CreateReadOnlySpan(ref text, length));
        ulong first = Word(ref text, 0);
        ulong second = Word(ref text, 8);
        ulong third = 0, fourth = 0;
        if (length >= 16)
        {
            int last = Math.Min(length, MaxLength);
            third = Word(ref text, last - 16);
            fourth = Word(ref text, last - 8);
        }
        else
        {
            int bits = 8 * length;
            first = bits >= 64 ? first : first & ((1UL << bits) - 1);
            second = bits <= 64 ? 0 : second & ((1UL << (bits - 64)) - 1);
        }
        return (uint)(Hashing.Fold(first ^ Hashing.K0, second ^ Hashing.K1 ^ (ulong)length) ^ Hashing.Fold(third ^ Hashing.K2, fourth ^ Hashing.K3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSame(ref byte field, int length, ref byte line)
    {
        ulong same = ByteBlock.Load(ref field).SameAs(ByteBlock.Load(ref line));
        return BitOperations.TrailingZeroCount(~same) >= length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte text, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, at));

    // Number + 1 and length in one word; 0 for an empty slot.
    private readonly record struct Slot(uint Tag, uint Value)
    {
        private const int LengthBits = 7;

        public Slot(uint tag, int number, int length)
            : this(tag, ((uint)(number + 1) << LengthBits) | (uint)length)
        {
        }

        public bool IsEmpty => Value == 0;

        public int Number => (int)(Value >> LengthBits) - 1;

        public int Length => IsEmpty ? None : (int)(Value & ((1 << LengthBits) - 1));
    }
}
