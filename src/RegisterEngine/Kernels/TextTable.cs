using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace RegisterEngine.Kernels;

/// <summary>
/// Numbers distinct short texts, 0, 1, 2 ... in the order they are added, and finds the numbers of many fields at once by comparing their bytes.
/// </summary>
/// <remarks>
/// A text takes one cache line of 64 bytes at the place that its number tells, filled up with zeros, so that one comparison tells whether a field is the same. The hash
/// looks at the first and last sixteen bytes only; should texts be made to have equal hashes, the table changes to one that looks at all. Where fields mostly
/// repeat that of the row above, as in a file in the order of workplaces, they are compared with that one first, which spares the hash; then with the text that was added
/// next, since other years have the same workplaces in the same order.
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
        if (_hashesAll)
            return FindOneByOne(fields, from, numbers);
        int row = _mostlyRepeats ? FindAmongRepeats(fields, from, numbers, out int repeats) : FindEach(fields, from, numbers, out repeats);
        Note(row - from, repeats);
        return row;
    }

    private int FindOneByOne(FieldColumn fields, int from, Span<int> numbers)
    {
        int row = from;
        while (row < numbers.Length && (numbers[row] = Find(fields[row])) != None)
            row++;
        return row;
    }

    private int FindEach(FieldColumn fields, int from, Span<int> numbers, out int repeats)
    {
        ref byte text = ref MemoryMarshal.GetReference(fields.Text);
        var lookup = new Lookup(this);
        FieldCursor cursor = fields.CursorAt(from);
        int last = from > 0 ? numbers[from - 1] : None;
        repeats = 0;
        int row = from;
        for (; row < numbers.Length; row++)
        {
            int start = cursor.Start;
            int length = cursor.End - start;
            cursor.MoveNext();
            int number = lookup.Find(ref Unsafe.Add(ref text, start), length);
            if (number == None && (number = Find(fields.Text.Slice(start, length))) == None)
                break;
            numbers[row] = number;
            repeats += number == last ? 1 : 0;
            last = number;
        }
        return row;
    }

    private int FindAmongRepeats(FieldColumn fields, int from, Span<int> numbers, out int repeats)
    {
        ref byte text = ref MemoryMarshal.GetReference(fields.Text);
        var lookup = new Lookup(this);
        FieldCursor cursor = fields.CursorAt(Math.Max(0, from - 1));
        int last = None, lastLength = None;
        ref byte lastField = ref text;
        if (from > 0)
        {
            last = numbers[from - 1];
            lastLength = cursor.End - cursor.Start;
            lastField = ref Unsafe.Add(ref text, cursor.Start);
            cursor.MoveNext();
        }
        repeats = 0;
        int row = from;
        for (; row < numbers.Length; row++)
        {
            int start = cursor.Start;
            int length = cursor.End - start;
            cursor.MoveNext();
            ref byte field = ref Unsafe.Add(ref text, start);
            if (length == lastLength && IsSame(ref field, length, ref lastField))
            {
                numbers[row] = last;
                repeats++;
                continue;
            }
            int number = lookup.IsNext(last, ref field, length) ? last + 1 : lookup.Find(ref field, length);
            if (number == None && (number = Find(fields.Text.Slice(start, length))) == None)
                break;
            numbers[row] = last = number;
            lookup.ExpectNext(last);
            lastField = ref field;
            lastLength = length;
        }
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

    private uint TagOf(ref byte text, int length) =>
        _hashesAll && length <= MaxLength ? (uint)Hashing.Bytes(MemoryMarshal.CreateReadOnlySpan(ref text, length)) : Hashing.Ends(ref text, length, MaxLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSame(ref byte field, int length, ref byte line)
    {
        ulong same = ByteBlock.Load(ref field).SameAs(ByteBlock.Load(ref line));
        return BitOperations.TrailingZeroCount(~same) >= length;
    }

    // What a search needs, close at hand.
    private readonly ref struct Lookup(TextTable table)
    {
        private readonly ref byte _lines = ref MemoryMarshal.GetReference(table._lines.Span);
        private readonly ref Slot _slots = ref MemoryMarshal.GetArrayDataReference(table._slots);
        private readonly ref byte _lengths = ref MemoryMarshal.GetArrayDataReference(table._lengths);
        private readonly uint _mask = (uint)table._slots.Length - 1;
        private readonly int _count = table.Count;

        // Whether a field is the text that was added after another one.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsNext(int number, ref byte field, int length)
        {
            int next = number + 1;
            return (uint)next < (uint)_count && Unsafe.Add(ref _lengths, next) == length && IsSame(ref field, length, ref Unsafe.Add(ref _lines, (nint)next * MaxLength));
        }

        // Asks for the text that was added after another one, so that it lies near when it is compared.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public unsafe void ExpectNext(int number)
        {
            if (Sse.IsSupported && number + 1 < _count)
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref _lines, ((nint)number + 1) * MaxLength)));
        }

        // None where the field is not there, or must be looked for with more care.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Find(ref byte field, int length)
        {
            uint tag = Hashing.Ends(ref field, length, MaxLength);
            uint at = tag & _mask;
            Slot slot = Unsafe.Add(ref _slots, (nint)at);
            while (slot.Tag != tag && !slot.IsEmpty)
                slot = Unsafe.Add(ref _slots, (nint)(at = (at + 1) & _mask));
            int number = slot.Number;
            return slot.Length == length && IsSame(ref field, length, ref Unsafe.Add(ref _lines, (nint)number * MaxLength)) ? number : None;
        }
    }

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
