using System.Runtime.InteropServices;
using RegisterEngine.Columns;

namespace RegisterEngine.Tests.Support;

/// <summary>Another library in the same process: it knows the structures of the Arrow C data interface only by their layout, reads what they point to, and releases them.</summary>
internal static class CDataConsumer
{
    public const int SchemaBytes = 72;
    public const int ArrayBytes = 80;
    public const int StreamBytes = 40;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void ReleaseFunction(nint structure);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int StreamFunction(nint stream, nint target);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint ErrorFunction(nint stream);

    /// <summary>Room for a structure, all zeros.</summary>
    public static nint Allocate(int bytes)
    {
        nint address = Marshal.AllocHGlobal(bytes);
        for (int i = 0; i < bytes; i++)
            Marshal.WriteByte(address, i, 0);
        return address;
    }

    public static List<string> Formats(nint schema) =>
        [.. Enumerable.Range(0, (int)Marshal.ReadInt64(schema, 32)).Select(i => Marshal.ReadIntPtr(Marshal.ReadIntPtr(schema, 40), i * nint.Size)).Select(child =>
            $"{Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(child, 8))}:{Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(child))}{(Marshal.ReadInt64(child, 24) & 2) switch { 0 => "!", _ => "" }}")];

    /// <summary>Copies the rows of an array structure into a batch.</summary>
    public static ColumnBatch Read(nint array, BatchSchema schema)
    {
        int rows = (int)Marshal.ReadInt64(array);
        nint children = Marshal.ReadIntPtr(array, 48);
        return new ColumnBatch(schema, [.. schema.Fields.Select((field, i) => Column(Marshal.ReadIntPtr(children, i * nint.Size), field))], rows);
    }

    /// <summary>Calls the release callback of a schema (at 56), an array (at 64) or a stream (at 24).</summary>
    public static void Release(nint structure, int at)
    {
        Marshal.GetDelegateForFunctionPointer<ReleaseFunction>(Marshal.ReadIntPtr(structure, at))(structure);
        Assert.Equal(0, Marshal.ReadIntPtr(structure, at));
        Marshal.FreeHGlobal(structure);
    }

    /// <summary>Calls a function of a stream: its schema (0) or its next batch (1).</summary>
    public static int Call(nint stream, int function, nint target) =>
        Marshal.GetDelegateForFunctionPointer<StreamFunction>(Marshal.ReadIntPtr(stream, function * nint.Size))(stream, target);

    public static string? LastError(nint stream) =>
        Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<ErrorFunction>(Marshal.ReadIntPtr(stream, 2 * nint.Size))(stream));

    private static Column Column(nint array, Field field)
    {
        ColumnType type = field.Type;
        int rows = (int)Marshal.ReadInt64(array);
        Assert.Equal(0, Marshal.ReadInt64(array, 16));
        int buffers = (int)Marshal.ReadInt64(array, 24);
        Assert.Equal(type.Kind == TypeKind.Null ? 0 : type.HasOffsets ? 3 : 2, buffers);
        byte[] validity = buffers == 0 ? [] : Bytes(array, 0, (rows + 7) / 8);
        int valueBytes = type.Kind == TypeKind.Boolean ? (rows + 7) / 8 : (rows + (type.HasOffsets ? 1 : 0)) * type.Width;
        byte[] values = buffers == 0 ? [] : Bytes(array, 1, valueBytes);
        int end = !type.HasOffsets ? 0 : type.Width == sizeof(long) ? (int)BitConverter.ToInt64(values, rows * sizeof(long)) : BitConverter.ToInt32(values, rows * sizeof(int));
        byte[] data = type.HasOffsets ? Bytes(array, 2, end) : [];
        DictionaryValues? codes = null;
        if (type.Kind == TypeKind.Dictionary)
        {
            nint dictionary = Marshal.ReadIntPtr(array, 56);
            codes = new DictionaryValues(Column(dictionary, new Field("", type.Values!)), (int)Marshal.ReadInt64(dictionary));
        }
        return new Column(field, rows, new ColumnMemory(validity, values, data), codes);
    }

    private static byte[] Bytes(nint array, int buffer, int count)
    {
        nint address = Marshal.ReadIntPtr(Marshal.ReadIntPtr(array, 40), buffer * nint.Size);
        byte[] bytes = new byte[address == 0 ? 0 : count];
        if (bytes.Length > 0)
            Marshal.Copy(address, bytes, 0, count);
        return bytes;
    }
}
