//! Surface forms, one difficulty a row: a sentence or two, and what must and must not come of them. All invented.

use hoinghi::domain::{AwardReport, Extraction, ParticipantKind};
use hoinghi::extract::extract;

use crate::documents;

/// A meeting's first paragraph, so that what follows has something to belong to.
const OPENING: &str = "Hội nghị tổng kết công tác thủy lợi năm 2021\n\nSáng ngày 24/12/2021, Sở Thủy lợi tỉnh tổ chức Hội nghị tổng kết \
                       công tác thủy lợi năm 2021, triển khai nhiệm vụ năm 2022.\n\n";

pub fn after_opening(text: &str) -> Extraction {
    extract(&documents::of(&format!("{OPENING}{text}\n")))
}

/// People with their roles and positions, in order: `Tên [ROLE] chức vụ | chức vụ @ điểm cầu`.
pub fn people(extraction: &Extraction) -> Vec<String> {
    let all = extraction.meetings.iter().flat_map(|m| &m.participants).filter(|p| p.kind == ParticipantKind::Person);
    all.map(|p| {
        let roles: Vec<&str> = p.roles.iter().map(|r| r.as_str()).collect();
        let titles: Vec<&str> = p.positions.iter().map(|t| t.title.as_str()).collect();
        let site = p.site.as_ref().map_or(String::new(), |s| format!(" @ {}", s.name));
        format!("{} [{}] {}{site}", p.name, roles.join(" "), titles.join(" | "))
    })
    .collect()
}

/// Compares every row before it fails, so that one run shows all that a change to a rule did.
pub fn check<T: std::fmt::Debug + PartialEq>(rows: &[(&str, T)], found: impl Fn(&str) -> T) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, expected)| {
            let found = found(text);
            (found != *expected).then(|| format!("{text}\n  expected {expected:?}\n     found {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

fn owned(expected: &[&str]) -> Vec<String> {
    expected.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn people_and_what_they_did() {
    let rows: [(&str, &[&str]); 24] = [
        (
            "Tham dự hội nghị:\n\nVề phía Trường Cao đẳng Thủy lợi có:\n\n- TS. Lê Thị Mơ - Phó Hiệu trưởng\n-Th.S Võ Văn Tưởng - Trưởng khoa Đê biển\n",
            &["Lê Thị Mơ [ATTENDEE] Phó Hiệu trưởng", "Võ Văn Tưởng [ATTENDEE] Trưởng khoa Đê biển"],
        ),
        // no list of those who took part stands above it
        ("Tin khác:\n\nVề phía Trường Cao đẳng Thủy lợi có:\n\n- TS. Lê Thị Mơ - Phó Hiệu trưởng\n", &[]),
        ("Đồng chí Lê Thị Mơ, Giám đốc Sở Thủy lợi chủ trì hội nghị.", &["Lê Thị Mơ [CHAIR] Giám đốc Sở Thủy lợi"]),
        ("Chủ trì hội nghị có đồng chí Lê Thị Mơ, Giám đốc Sở.", &["Lê Thị Mơ [CHAIR] Giám đốc Sở"]),
        (
            "Giám đốc Sở Thủy lợi Lê Thị Mơ và Phó Chủ tịch UBND tỉnh Võ Văn Tưởng đồng chủ trì hội nghị.",
            &["Lê Thị Mơ [CO_CHAIR] Giám đốc Sở Thủy lợi", "Võ Văn Tưởng [CO_CHAIR] Phó Chủ tịch UBND tỉnh"],
        ),
        (
            "Dự hội nghị có các đồng chí: Lê Thị Mơ, Giám đốc Sở; Võ Văn Tưởng, Phó Giám đốc Sở; lãnh đạo các phòng.",
            &["Lê Thị Mơ [ATTENDEE] Giám đốc Sở", "Võ Văn Tưởng [ATTENDEE] Phó Giám đốc Sở"],
        ),
        (
            "Dự hội nghị có các đồng chí:\n- Lê Thị Mơ, Giám đốc Sở;\n- Võ Văn Tưởng, Phó Giám đốc Sở.",
            &["Lê Thị Mơ [ATTENDEE] Giám đốc Sở", "Võ Văn Tưởng [ATTENDEE] Phó Giám đốc Sở"],
        ),
        (
            "Cùng dự có các Phó Chủ tịch UBND tỉnh: Lê Thị Mơ, Võ Văn Tưởng.",
            &["Lê Thị Mơ [ATTENDEE] Phó Chủ tịch UBND tỉnh", "Võ Văn Tưởng [ATTENDEE] Phó Chủ tịch UBND tỉnh"],
        ),
        ("Phát biểu tại hội nghị, ông Võ Văn Tưởng cho biết mực nước đã ổn định.", &["Võ Văn Tưởng [SPEAKER] "]),
        (
            "Phát biểu chỉ đạo hội nghị, đồng chí Võ Văn Tưởng, Bí thư Tỉnh ủy biểu dương ngành.",
            &["Võ Văn Tưởng [DIRECTING SPEAKER] Bí thư Tỉnh ủy"],
        ),
        ("Đồng chí Võ Văn Tưởng, Bí thư Tỉnh ủy dự và chỉ đạo hội nghị.", &["Võ Văn Tưởng [DIRECTING] Bí thư Tỉnh ủy"]),
        ("Báo cáo do bà Lê Thị Mơ trình bày nêu rõ kết quả.", &["Lê Thị Mơ [PRESENTER] "]),
        (
            "Đại tá Lò Văn Quýt, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh trình bày tham luận.",
            &["Lò Văn Quýt [PRESENTER] Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh"],
        ),
        (
            "PGS.TS. Lê Thị Mơ, Phó Viện trưởng Viện Nước, Bộ Thủy lợi giới thiệu mô hình.",
            &["Lê Thị Mơ [PRESENTER] Phó Viện trưởng Viện Nước, Bộ Thủy lợi"],
        ),
        (
            "Ông Võ Văn Tưởng, UVTV Tỉnh ủy, Phó Chủ tịch UBND tỉnh trao Bằng khen cho các tập thể.",
            &["Võ Văn Tưởng [AWARD_PRESENTER] Ủy viên Thường vụ Tỉnh ủy | Phó Chủ tịch UBND tỉnh"],
        ),
        (
            "Tại điểm cầu huyện Tri Tôn, đồng chí Chau Kim Sa, Bí thư Huyện ủy chủ trì.",
            &["Chau Kim Sa [CHAIR] Bí thư Huyện ủy @ huyện Tri Tôn"],
        ),
        (
            "Chủ trì tại điểm cầu tỉnh Cà Mau có ông Võ Văn Tưởng. Cùng dự có bà Lê Thị Mơ, Giám đốc Sở.",
            &["Võ Văn Tưởng [CHAIR]  @ tỉnh Cà Mau", "Lê Thị Mơ [ATTENDEE] Giám đốc Sở @ tỉnh Cà Mau"],
        ),
        (
            "Ông Võ Văn Tưởng, Bí thư Thành ủy phát biểu. Bí thư Thành ủy cũng yêu cầu các sở sớm hoàn thành hồ sơ.",
            &["Võ Văn Tưởng [SPEAKER] Bí thư Thành ủy"],
        ),
        (
            "Với sự tham dự của Thứ trưởng Bộ Thủy lợi Lê Thị Mơ, hội nghị thảo luận sôi nổi.",
            &["Lê Thị Mơ [ATTENDEE] Thứ trưởng Bộ Thủy lợi"],
        ),
        // near misses: mentioned, absent, byline
        ("Cuốn sách của đồng chí Võ Văn Tưởng được giới thiệu rộng rãi.", &[]),
        ("Vì lý do sức khỏe, ông Võ Văn Tưởng không dự.", &[]),
        ("Sáng kiến của Thiếu tá Võ Văn Tưởng đã được áp dụng.", &[]),
        ("Ban Chỉ đạo do đồng chí Võ Văn Tưởng làm Trưởng ban đã kiểm tra 6 huyện.", &[]),
        ("Võ Văn Tưởng - Lê Mơ", &[]),
    ];
    check(&rows.map(|(text, expected)| (text, owned(expected))), |text| people(&after_opening(text)));
}

#[test]
fn tasks_and_what_is_none() {
    let rows: [(&str, &[&str]); 13] = [
        (
            "Ông Võ Văn Tưởng đề nghị các sở, ngành cần nạo vét kênh; gia cố đê trước mùa mưa.",
            &["nạo vét kênh", "gia cố đê trước mùa mưa"],
        ),
        ("Ông Võ Văn Tưởng giao Sở Thủy lợi tham mưu kế hoạch năm 2022.", &["tham mưu kế hoạch năm 2022"]),
        (
            "Nhiệm vụ trọng tâm năm 2022:\n- Nạo vét kênh.\n- Gia cố đê;\n- Trồng rừng",
            &["Nạo vét kênh", "Gia cố đê", "Trồng rừng"],
        ),
        (
            "Ông Võ Văn Tưởng yêu cầu thực hiện các nhiệm vụ sau:\n\nMột là, nạo vét kênh.\n\nHai là, gia cố đê.",
            &["nạo vét kênh", "gia cố đê"],
        ),
        ("Ông Võ Văn Tưởng yêu cầu: Thứ nhất, nạo vét kênh; thứ hai, gia cố đê.", &["nạo vét kênh", "gia cố đê"]),
        ("Năm 2022, Sở Thủy lợi tiếp tục nạo vét kênh; gia cố đê.", &["tiếp tục nạo vét kênh", "gia cố đê"]),
        ("Hội nghị xác định nhiệm vụ trọng tâm năm 2022 là: Nạo vét kênh; gia cố đê.", &["Nạo vét kênh", "gia cố đê"]),
        (
            "Ông Võ Văn Tưởng nhấn mạnh các địa phương phải gia cố đê trước mùa mưa.",
            &["các địa phương phải gia cố đê trước mùa mưa"],
        ),
        // near misses: done, reviewed, procedure
        ("Năm 2021, Sở Thủy lợi đã nạo vét kênh; gia cố đê.", &[]),
        ("Ông Võ Văn Tưởng đề nghị các đại biểu phát huy dân chủ, đóng góp ý kiến.", &[]),
        ("Ông Võ Văn Tưởng đánh giá cao kết quả nạo vét kênh.", &[]),
        (
            "Ông Võ Văn Tưởng lưu ý đến một số bài học.\n\nThứ nhất, kênh thông thì đồng tốt. Phải có nước.\n\nThứ hai, đê vững thì dân yên.",
            &[],
        ),
        ("Một số kết quả nổi bật như sau:\n- Nạo vét 12 km kênh.\n- Gia cố 3 km đê.", &[]),
    ];
    check(&rows.map(|(text, expected)| (text, owned(expected))), |text| {
        after_opening(text).tasks.into_iter().map(|t| t.text).collect()
    });
}

#[test]
fn figures_and_what_is_none() {
    let rows: [(&str, &[&str]); 36] = [
        ("Đã phát 632.780 tờ rơi.", &["632780 tờ rơi EXACT"]),
        ("Đạt 68,4% kế hoạch.", &["68.4 % EXACT"]),
        ("Vốn đăng ký 1.234,5 tỷ đồng.", &["1234500000000 đồng EXACT"]),
        ("Thu hút hơn 3 vạn lượt người.", &["30000 lượt người MORE_THAN"]),
        ("Phát gần 1,1 triệu liều.", &["1100000 liều NEARLY"]),
        ("Có 12 500 tình nguyện viên.", &["12500 tình nguyện viên EXACT"]),
        ("Có 15/15 huyện tham gia.", &["15 huyện EXACT"]),
        ("Xảy ra 61 tàu/418 ngư dân vi phạm.", &["61 tàu EXACT", "418 ngư dân EXACT"]),
        ("Khoảng 40 hộ đã di dời.", &["40 hộ ABOUT"]),
        ("Rút ra 4 bài học kinh nghiệm.", &["4 bài học EXACT"]),
        ("Trạm có quân số gần 200 đồng chí.", &["200 đồng chí NEARLY"]),
        ("Giá trị dịch vụ 620,4 tỷ đồng.", &["620400000000 đồng EXACT"]),
        ("Thu nhập đạt 55-56 triệu đồng.", &["55000000 đồng EXACT"]),
        ("Đạt 20 chỉ tiêu/21 chỉ tiêu.", &["20 chỉ tiêu EXACT"]),
        ("Làm hơn 26.400 (tăng 9,5%) công trình.", &["26400 công trình MORE_THAN", "9.5 % EXACT"]),
        ("Có 1.174 HS đoạt giải.", &["1174 HS EXACT"]),
        ("Cùng dự có 4 Phó Giám đốc.", &["4 Phó Giám đốc EXACT"]),
        ("Giúp 1.000 thiếu nhi khó khăn, lập 75 đội hình.", &["1000 thiếu nhi EXACT", "75 đội hình EXACT"]),
        ("Giai đoạn 2011-2020 đồng ý với đề nghị.", &[]),
        ("Gia đình 5 không, 3 sạch.", &[]),
        ("Trạm bơm Nhi đồng 2 tổ chức lễ ra quân.", &[]),
        ("Lời chúc đến Trạm bơm Nhi đồng 2 nhân ngày Nước.", &[]),
        ("Ngày vụ 2 đã qua.", &[]),
        ("Giai đoạn 2011-2015 phong trào lan rộng.", &[]),
        ("Chương trình giai đoạn 2 đồng thời khởi động.", &[]),
        // near misses
        ("Ngày 24/12 trời mưa.", &[]),
        ("Sau 5 năm thực hiện.", &[]),
        ("Đại hội lần thứ 13, khóa 12.", &[]),
        ("Dịch Covid-19 phức tạp.", &[]),
        ("Kết luận số 57-KL/TW.", &[]),
        ("Giai đoạn 2011-2020.", &[]),
        ("Tàu cá “3 không”.", &[]),
        ("Trong hơn 35 thực hiện công cuộc đổi mới.", &[]),
        ("Lũ lên báo động 3 trên các sông.", &[]),
        ("Ban Tổ chức Kênh Games 31 tổ chức lớp học.", &[]),
        ("Ở 1 số địa phương, tình hình phức tạp.", &[]),
    ];
    check(&rows.map(|(text, expected)| (text, owned(expected))), |text| {
        let figures = after_opening(text).figures;
        figures.iter().map(|f| format!("{} {} {}", f.value, f.unit, f.qualifier.as_str())).collect()
    });
}

#[test]
fn a_meetings_date() {
    let year = "Hội nghị tổng kết công tác thủy lợi";
    let rows: [(&str, Option<&str>); 32] = [
        ("Chiều 5/3/2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05 AFTERNOON")),
        ("Ngày 05 tháng 3 năm 2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05")),
        ("Ngày 5-3-2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05")),
        ("Sáng 05.3.2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05 MORNING")),
        ("Trong 2 ngày 8 và 9/6/2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-06-08")),
        ("Ngày 24/12, Sở Thủy lợi tổ chức Hội nghị tổng kết công tác năm 2021.", Some("2021-12-24")),
        ("Ngày 7/1, Sở Thủy lợi tổ chức Hội nghị tổng kết công tác năm 2021.", Some("2022-01-07")),
        ("Hội nghị tập huấn nạo vét kênh được Sở Thủy lợi tổ chức vào ngày 5/3/2022.", Some("2022-03-05")),
        ("Sáng ngày mùng 5/3/2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05 MORNING")),
        ("Sáng thứ Bảy (5/3/2022), Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05 MORNING")),
        (
            "Sáng hôm nay, ngày 5/3/2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.",
            Some("2022-03-05 MORNING"),
        ),
        ("Tối qua (5-3-2022), Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05 EVENING")),
        ("Ngày 05 - 3 - 2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05")),
        ("Ngày 05/03/22, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05")),
        ("Ngày 5 tháng 3/2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-03-05")),
        ("Trong các ngày 8, 9, 10/6/2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-06-08")),
        ("Từ 8 - 10/6/2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-06-08")),
        ("Trong hai ngày 30/11 và 01/12/2022, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2022-11-30")),
        // the day the page was published gives the year
        (
            "Ngày đăng: 03/01/2022\n\nNgày 30/12, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.",
            Some("2021-12-30"),
        ),
        (
            "Thứ sáu, 20 Tháng 2 2015 14:32\n\nNgày 19/2, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.",
            Some("2015-02-19"),
        ),
        (
            "Ngày 28/7, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.\n\nNguồn: Báo Kênh Mương, ngày 29/7/2015",
            Some("2015-07-28"),
        ),
        ("Ngày\n28/7/2015, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", Some("2015-07-28")),
        // so does the month in its name, or the year that its plan follows
        ("Sáng 18 - 1, Sở Thủy lợi tổ chức Hội nghị giao ban thường kỳ tháng 1-2011.", Some("2011-01-18 MORNING")),
        (
            "Ngày 6-1, Sở Thủy lợi tổ chức Hội nghị giao ban thủy lợi năm 2021 và triển khai nhiệm vụ năm 2022.",
            Some("2022-01-06"),
        ),
        ("Trong 2 ngày (13 và 14.11), Sở Thủy lợi tổ chức Hội nghị giao ban tháng 11 năm 2012.", Some("2012-11-13")),
        (
            "Hội thảo “Đê biển” do Sở Thủy lợi phối hợp với Hội Thủy lợi tỉnh tổ chức ngày 4/9/2019 có nhiều ý kiến. Ông Võ Văn Tưởng phát biểu tại hội thảo.",
            Some("2019-09-04"),
        ),
        // so does an anniversary, and the meeting's own year
        (
            "Ngày 17/5, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh. Lớp học chào mừng kỷ niệm 134 năm Ngày truyền thống (19/5/1890 - 19/5/2024).",
            Some("2024-05-17"),
        ),
        ("Ngày 17/5, Sở Thủy lợi tổ chức Hội nghị người lao động năm 2024.", Some("2024-05-17")),
        // another season's anniversary does not
        (
            "Ngày 19/5, Sở Thủy lợi tổ chức Lễ giới thiệu sách về đê biển. Sách ra mắt nhân kỷ niệm Ngày truyền thống (3/2/1930 - 3/2/2022).",
            None,
        ),
        ("Ngày 19/5, Sở Thủy lợi tổ chức Hội nghị giao ban thường kỳ tháng 4-2011.", None),
        // a prize's year does not
        ("Ngày 17/5, Sở Thủy lợi tổ chức Lễ trao Giải thưởng Đê biển năm 2024.", None),
        // nothing supports a year
        ("Ngày 24/12, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh.", None),
    ];
    check(&rows.map(|(text, expected)| (text, expected.map(str::to_owned))), |text| {
        let extraction = extract(&documents::of(&format!(
            "{year}

{text}
"
        )));
        let meeting = extraction.meetings.first().unwrap_or_else(|| panic!("no meeting: {text}"));
        let part = meeting.part_of_day.map_or(String::new(), |p| format!(" {}", p.as_str()));
        meeting.date.map(|d| format!("{d}{part}"))
    });
}

#[test]
fn awards_and_what_is_none() {
    let rows: [(&str, &[&str]); 12] = [
        ("Dịp này, UBND tỉnh tặng Bằng khen cho 12 tập thể và 8 cá nhân.", &["Bằng khen UBND tỉnh 12 8"]),
        ("Giám đốc Sở tặng Giấy khen cho hai tập thể, mười lăm cá nhân.", &["Giấy khen Giám đốc Sở 2 15"]),
        ("32 tập thể, 21 cá nhân được UBND tỉnh tặng Bằng khen.", &["Bằng khen UBND tỉnh 32 21"]),
        (
            "Ông Võ Văn Tưởng trao Bằng khen của Chủ tịch UBND tỉnh cho 3 tập thể.",
            &["Bằng khen Chủ tịch UBND tỉnh 3 -"],
        ),
        (
            "UBND tỉnh tặng Cờ thi đua cho 2 tập thể, tặng Bằng khen cho 5 cá nhân.",
            &["Cờ thi đua UBND tỉnh 2 -", "Bằng khen UBND tỉnh - 5"],
        ),
        (
            "Trạm bơm đón nhận Huân chương Lao động hạng Nhì do Chủ tịch nước trao tặng.",
            &["Huân chương Lao động hạng Nhì Chủ tịch nước - -"],
        ),
        (
            "Bộ trưởng Bộ Thủy lợi tặng Bằng khen. Bộ Thủy lợi đã tặng Bằng khen cho 8 cá nhân.",
            &["Bằng khen Bộ Thủy lợi - 8"],
        ),
        // near misses: no award, a sign, a course's certificates, flowers, a hope
        ("Ban Tổ chức lớp trao Giấy chứng nhận cho các học viên.", &[]),
        ("Lãnh đạo Sở tặng hoa chúc mừng.", &[]),
        ("Ban Tổ chức không trao giải Nhất.", &[]),
        ("Sở trao đổi về bộ biểu trưng của ngành.", &[]),
        ("Sở đề nghị tặng Bằng khen cho 2 tập thể.", &[]),
    ];
    check(&rows.map(|(text, expected)| (text, owned(expected))), |text| {
        let number = |n: Option<i32>| n.map_or("-".to_owned(), |n| n.to_string());
        let by = |a: &AwardReport| a.granted_by.clone().unwrap_or("-".to_owned());
        let awards = after_opening(text).awards;
        awards
            .iter()
            .map(|a| format!("{} {} {} {}", a.name, by(a), number(a.collective_count), number(a.individual_count)))
            .collect()
    });
}

#[test]
fn a_meetings_name_and_place() {
    let rows: [(&str, &str); 10] = [
        (
            "Ngày 5/3/2022, Sở Thủy lợi tổ chức Lễ trao giải cuộc thi sáng tác biểu trưng thủy lợi.",
            "Lễ trao giải cuộc thi sáng tác biểu trưng thủy lợi",
        ),
        // in the morning it is held, not called so
        ("Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh sáng 5/3/2022.", "Hội nghị tập huấn nạo vét kênh"),
        (
            "Sáng 5/3/2022, Sở Thủy lợi tổ chức Hội nghị thủy lợi lần thứ 8, Ủy viên Trung ương Đảng - Bí thư Tỉnh ủy Võ Văn Tưởng phát biểu.",
            "Hội nghị thủy lợi lần thứ 8",
        ),
        (
            "Ngày 5/3/2022, tại TP. Vĩnh Long, Sở Thủy lợi tổ chức Hội nghị nạo vét kênh.",
            "Hội nghị nạo vét kênh @ TP. Vĩnh Long",
        ),
        (
            "Vừa qua, Sở Thủy lợi tổ chức Hội nghị tập huấn nạo vét kênh năm 2016 cho cán bộ các huyện.",
            "Hội nghị tập huấn nạo vét kênh năm 2016",
        ),
        // a verb alone tells of it, also behind a degree's stop
        (
            "Chiều 5/3/2022, Trường Cao đẳng Thủy lợi tiếp đón và làm việc với TS. Lê Thị Mơ - Chuyên gia đê biển.",
            "Tiếp đón và làm việc với TS. Lê Thị Mơ - Chuyên gia đê biển",
        ),
        // near misses: what is hoped for, what will be held, what is prepared for a session
        ("Sở Thủy lợi mong có dịp tiếp đón và làm việc với các chuyên gia đê biển.", ""),
        ("Chiều 5/3/2022, Sở Thủy lợi tiếp đón các chuyên gia đê biển.", ""),
        ("Chiều 29/5/2023, Sở Thủy lợi thảo luận các nội dung trình tại kỳ họp giữa năm của HĐND tỉnh.", ""),
        ("Sở Thủy lợi sẽ tổ chức Hội nghị tập huấn nạo vét kênh.", ""),
    ];
    check(&rows.map(|(text, expected)| (text, expected.to_owned())), |text| {
        let meetings = extract(&documents::of(&format!("Tin thủy lợi\n\n{text}\n"))).meetings;
        meetings.first().map_or(String::new(), |m| {
            let venue = m.venue.as_ref().map_or(String::new(), |v| format!(" @ {v}"));
            format!("{}{venue}", m.title)
        })
    });
}
