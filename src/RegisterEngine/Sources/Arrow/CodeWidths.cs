using System.Numerics;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Brings codes of any width to 32 bits; that of a row without a value becomes 0, since it may be anything.</summary>
internal static class CodeWidths
{
    /// <summary>Writes the codes.</summary>
    /// <exception cref="MalformedException">A code stands for nothing in any dictionary.</exception>
    public static void Widen(ColumnType index, ReadOnlySpan<byte> source, ReadOnlySpan<byte> validity, Span<int> target)
    {
        switch (index.Kind)
        {
            case TypeKind.Int8: Widen(Buffers.As<sbyte>(source), validity, target); break;
            case TypeKind.UInt8: Widen(Buffers.As<byte>(source), validity, target); break;
            case TypeKind.Int16: Widen(Buffers.As<short>(source), validity, target); break;
            case TypeKind.UInt16: Widen(Buffers.As<ushort>(source), validity, target); break;
            case TypeKind.Int32: Widen(Buffers.As<int>(source), validity, target); break;
            case TypeKind.UInt32: Widen(Buffers.As<uint>(source), validity, target); break;
            case TypeKind.Int64: Widen(Buffers.As<long>(source), validity, target); break;
            case TypeKind.UInt64: Widen(Buffers.As<ulong>(source), validity, target); break;
            default: throw new MalformedException($"codes cannot be of type {index}");
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> source, ReadOnlySpan<byte> validity, Span<int> target)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int row = 0; row < target.Length; row++)
        {
            if (!validity.IsEmpty && !Bits.Get(validity, row))
            {
                target[row] = 0;
                continue;
            }
            int code = int.CreateSaturating(source[row]);
            target[row] = code is >= 0 and < int.MaxValue ? code : throw new MalformedException($"row {row} has the code {source[row]}");
        }
    }
}
