//! Abbreviations that documents of this kind use without introducing them. This table is the only place they stand.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::name_key;

/// Short and written out. Matching goes by [`name_key`], so case, dots and ampersands make no difference.
pub const ABBREVIATIONS: &[(&str, &str)] = &[
    ("UBND", "Ủy ban nhân dân"),
    ("UBMTTQ", "Ủy ban Mặt trận Tổ quốc"),
    ("HĐND", "Hội đồng nhân dân"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("MTTQVN", "Mặt trận Tổ quốc Việt Nam"),
    ("ĐBQH", "đại biểu Quốc hội"),
    ("BCĐ", "Ban Chỉ đạo"),
    ("BCH", "Ban Chấp hành"),
    ("BTV", "Ban Thường vụ"),
    ("BTG", "Ban Tuyên giáo"),
    ("BTC", "Ban Tổ chức"),
    ("UVTV", "Ủy viên Thường vụ"),
    ("UV BTV", "Ủy viên Ban Thường vụ"),
    ("UVBTV", "Ủy viên Ban Thường vụ"),
    ("UVBCH", "Ủy viên Ban Chấp hành"),
    ("UV BCH", "Ủy viên Ban Chấp hành"),
    ("UVTW", "Ủy viên Trung ương"),
    ("UVT.Ư", "Ủy viên Trung ương"),
    ("BTGDV", "Ban Tuyên giáo và Dân vận"),
    ("TW", "Trung ương"),
    ("TƯ", "Trung ương"),
    ("T.Ư", "Trung ương"),
    ("T.W", "Trung ương"),
    ("TP", "thành phố"),
    ("TX", "thị xã"),
    ("TTĐN", "thông tin đối ngoại"),
    ("TT&TT", "Thông tin và Truyền thông"),
    ("TTTT", "Thông tin và Truyền thông"),
    ("GD&ĐT", "Giáo dục và Đào tạo"),
    ("GDĐT", "Giáo dục và Đào tạo"),
    ("VH,TT&DL", "Văn hóa, Thể thao và Du lịch"),
    ("VHTT&DL", "Văn hóa, Thể thao và Du lịch"),
    ("VHTTDL", "Văn hóa, Thể thao và Du lịch"),
    ("NN và PTNT", "Nông nghiệp và Phát triển nông thôn"),
    ("NN&MT", "Nông nghiệp và Môi trường"),
    ("VH&TT", "Văn hóa và Thể thao"),
    ("CAND", "Công an nhân dân"),
    ("TUV", "Tỉnh ủy viên"),
    ("TVTU", "Thường vụ Tỉnh ủy"),
    ("HĐQT", "Hội đồng quản trị"),
    ("VPCP", "Văn phòng Chính phủ"),
    ("TANDTC", "Tòa án nhân dân tối cao"),
    ("TAND", "Tòa án nhân dân"),
    ("VKSNDTC", "Viện kiểm sát nhân dân tối cao"),
    ("VKSND", "Viện kiểm sát nhân dân"),
    ("TNCS", "Thanh niên Cộng sản"),
    ("BHXH", "Bảo hiểm xã hội"),
    ("CCB", "Cựu chiến binh"),
    ("LHPN", "Liên hiệp Phụ nữ"),
    ("LĐLĐ", "Liên đoàn Lao động"),
    ("BCHQS", "Bộ Chỉ huy Quân sự"),
    ("NN&PTNT", "Nông nghiệp và Phát triển nông thôn"),
    ("LĐ-TB&XH", "Lao động - Thương binh và Xã hội"),
    ("LĐTBXH", "Lao động - Thương binh và Xã hội"),
    ("KH&CN", "Khoa học và Công nghệ"),
    ("KH&ĐT", "Kế hoạch và Đầu tư"),
    ("TN&MT", "Tài nguyên và Môi trường"),
    ("BĐBP", "Bộ đội Biên phòng"),
    ("QĐND", "Quân đội nhân dân"),
    ("LLVT", "lực lượng vũ trang"),
    ("QUV", "Quận ủy viên"),
    ("ĐUV", "Đảng ủy viên"),
    ("HUV", "Huyện ủy viên"),
    ("PCTN", "phòng, chống tham nhũng"),
    ("CLB", "Câu lạc bộ"),
    ("HTX", "Hợp tác xã"),
    ("KCN", "khu công nghiệp"),
    ("BQL", "Ban Quản lý"),
    ("NXB", "Nhà xuất bản"),
    ("VN", "Việt Nam"),
    ("KH&KT", "Khoa học và Kỹ thuật"),
    ("ĐTN", "Đoàn Thanh niên"),
    ("ATGT", "an toàn giao thông"),
    ("VHNT", "Văn học nghệ thuật"),
    ("HND", "Hội Nông dân"),
    ("HLHPN", "Hội Liên hiệp Phụ nữ"),
    ("UVT.Ư", "Ủy viên Trung ương"),
    ("TT-TT", "Thông tin và Truyền thông"),
    ("LĐ-TB-XH", "Lao động - Thương binh và Xã hội"),
    ("LĐ,TB&XH", "Lao động, Thương binh và Xã hội"),
    ("LĐ-TBXH", "Lao động - Thương binh và Xã hội"),
    ("LĐTB&XH", "Lao động - Thương binh và Xã hội"),
    ("GD-ĐT", "Giáo dục và Đào tạo"),
    ("KHĐT", "Kế hoạch và Đầu tư"),
    ("KH-ĐT", "Kế hoạch và Đầu tư"),
    ("KHCN", "Khoa học và Công nghệ"),
    ("KH-CN", "Khoa học và Công nghệ"),
    ("TNMT", "Tài nguyên và Môi trường"),
    ("TN-MT", "Tài nguyên và Môi trường"),
    ("VHTT", "Văn hóa và Thể thao"),
    ("VH-TT-DL", "Văn hóa, Thể thao và Du lịch"),
    ("VH-TT&DL", "Văn hóa, Thể thao và Du lịch"),
    ("NN-PTNT", "Nông nghiệp và Phát triển nông thôn"),
    ("GTVT", "Giao thông vận tải"),
    ("CHQS", "Chỉ huy Quân sự"),
    ("PTTH", "Phát thanh và Truyền hình"),
    ("PT-TH", "Phát thanh và Truyền hình"),
    ("PBT", "Phó Bí thư"),
    ("LHTN", "Liên hiệp Thanh niên"),
    ("PTNT", "Phát triển nông thôn"),
    ("PCT", "Phó Chủ tịch"),
    ("UV.BTV", "Ủy viên Ban Thường vụ"),
    ("UV.BCH", "Ủy viên Ban Chấp hành"),
    ("UBKT", "Ủy ban Kiểm tra"),
    ("PGĐ", "Phó Giám đốc"),
    ("CT.HĐND", "Chủ tịch Hội đồng nhân dân"),
    ("CT.UBND", "Chủ tịch Ủy ban nhân dân"),
    ("UBMTTQVN", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
];

/// The words of a short form, and the key of the long one.
type Abbreviation = (Vec<String>, String);

/// The key of a name with its abbreviations written out: `UBND tỉnh` and `Uỷ ban Nhân dân tỉnh` have the same one.
pub fn written_out_key(name: &str) -> String {
    // By the first word; of those that begin alike the longest first.
    static TABLE: LazyLock<HashMap<String, Vec<Abbreviation>>> = LazyLock::new(|| {
        let mut table: HashMap<_, Vec<Abbreviation>> = HashMap::new();
        for (short, long) in ABBREVIATIONS {
            let words: Vec<_> = name_key(short).split(' ').map(str::to_owned).collect();
            if let Some(first) = words.first() {
                table.entry(first.clone()).or_default().push((words, name_key(long)));
            }
        }
        for list in table.values_mut() {
            list.sort_by_key(|(short, _)| std::cmp::Reverse(short.len()));
        }
        table
    });
    let key = name_key(name);
    let words: Vec<&str> = key.split(' ').collect();
    let mut out: Vec<&str> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    let mut is_abbreviated = false;
    while let Some((first, others)) = rest.split_first() {
        let known = TABLE.get(*first).and_then(|all| {
            all.iter().find(|(short, _)| rest.len() >= short.len() && rest.iter().zip(short).all(|(a, b)| a == b))
        });
        if let Some((short, long)) = known {
            out.push(long);
            rest = rest.get(short.len()..).unwrap_or_default();
            is_abbreviated = true;
        } else {
            out.push(first);
            rest = others;
        }
    }
    if is_abbreviated { name_key(&out.join(" ")) } else { key }
}

#[cfg(test)]
mod tests {
    use super::written_out_key;

    #[test]
    fn one_body_however_abbreviated() {
        for (a, b) in [
            ("UBND tỉnh", "Uỷ ban Nhân dân tỉnh"),
            ("Ban Tuyên giáo T.Ư", "Ban tuyên giáo Trung ương"),
            ("Ban Tuyên giáo TW", "Ban Tuyên giáo Trung ương"),
            ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
            ("Sở VH, TT & DL", "Sở Văn hoá, Thể thao và Du lịch"),
            ("UV BTV Tỉnh ủy", "Ủy viên Ban Thường vụ Tỉnh uỷ"),
        ] {
            assert_eq!(written_out_key(a), written_out_key(b), "{a} {b}");
        }
        assert_ne!(written_out_key("Ban Chỉ đạo"), written_out_key("Ban Chấp hành"));
    }
}
