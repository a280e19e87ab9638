"""What the invented reports are put together from. Written for this project; no sentence is anybody else's."""

# Common surnames are common here too, so that many people share a name.
SURNAMES = ["Nguyễn"] * 30 + ["Trần"] * 11 + ["Lê"] * 10 + ["Phạm"] * 7 + ["Hoàng"] * 5 + ["Vũ"] * 4 + ["Võ"] * 4 + [
    "Phan", "Phan", "Trương", "Bùi", "Bùi", "Đặng", "Đặng", "Đỗ", "Đỗ", "Ngô", "Hồ", "Dương", "Đinh", "Lâm", "Mai",
    "Trịnh", "Lý", "Đào", "Vương", "Cao", "Tạ", "Lường", "Quách", "Hà", "Kiều", "Thạch", "Nông", "Hứa", "Triệu", "Chu"]
MEN = ["Văn"] * 9 + ["Đức", "Đức", "Hữu", "Quang", "Minh", "Minh", "Xuân", "Công", "Thanh", "Ngọc", "Trọng", "Đình",
                     "Quốc", "Anh", "Việt", "Duy", "Bá", "Tiến", "Mạnh", "Gia"]
MEN_GIVEN = ["Hùng", "Hùng", "Dũng", "Dũng", "Tuấn", "Tuấn", "Hải", "Sơn", "Thắng", "Bình", "Cường", "Long", "Nam",
             "Thành", "Trung", "Tùng", "Phúc", "Quân", "Khánh", "Lợi", "Đạt", "Hòa", "Huy", "Kiên", "Lâm", "Phong",
             "Quyết", "Tâm", "Tài", "Toàn", "Vinh", "Chiến", "Nghĩa", "Giang", "Thịnh", "Hiếu", "Bảo", "Định", "Hậu"]
WOMEN = ["Thị"] * 14 + ["Thị Thu", "Thị Minh", "Thị Thanh", "Thị Kim", "Ngọc", "Thu", "Thị Bích", "Thị Hồng"]
WOMEN_GIVEN = ["Hoa", "Hương", "Lan", "Hà", "Hạnh", "Hằng", "Nga", "Ngân", "Thảo", "Thủy", "Trang", "Tuyết", "Vân",
               "Yến", "Mai", "Liên", "Loan", "Phượng", "Quyên", "Dung", "Hiền", "Oanh", "Xuân", "Nhung", "Cúc"]

# The work that meetings review, as it stands behind `công tác`.
FIELDS = ["khuyến học", "bảo vệ rừng", "phòng, chống thiên tai", "dân vận", "thông tin đối ngoại", "cải cách hành chính",
          "chuyển đổi số", "giảm nghèo bền vững", "xây dựng nông thôn mới", "bảo hiểm xã hội", "phòng, chống ma túy",
          "an toàn giao thông", "văn hóa cơ sở", "thư viện", "bình đẳng giới", "trẻ em", "người cao tuổi", "tôn giáo",
          "dân tộc", "thủy lợi", "khuyến nông", "khuyến công", "thú y", "bảo vệ thực vật", "kiểm lâm", "quản lý đất đai",
          "đo đạc bản đồ", "phòng cháy, chữa cháy", "dân quân tự vệ", "tuyển quân", "hòa giải ở cơ sở", "tư pháp",
          "thi hành án", "thống kê", "giáo dục nghề nghiệp", "giáo dục mầm non", "y tế dự phòng", "dân số", "dược",
          "an toàn thực phẩm", "quảng bá du lịch", "thể dục, thể thao quần chúng", "truyền thanh cơ sở", "báo chí",
          "hợp tác xã", "xúc tiến đầu tư", "quản lý thị trường", "cấp nước sạch", "cây xanh đô thị", "nghề cá",
          "chăn nuôi", "làng nghề", "lưu trữ", "thi đua, khen thưởng", "kiểm tra, giám sát", "tuyên truyền biển, đảo"]
SCOPES = ["", "", "", " ở vùng sâu, vùng xa", " trong trường học", " ở khu dân cư", " gắn với chuyển đổi số",
          " trong đồng bào dân tộc thiểu số", " tại các khu công nghiệp", " ở cơ sở"]

# Who holds a meeting: its name, what it is short for elsewhere, and who heads it.
PROVINCIAL = ["UBND tỉnh", "Ban Tuyên giáo Tỉnh ủy", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tư pháp", "Sở Y tế",
              "Sở Giáo dục và Đào tạo", "Sở Nội vụ", "Sở Thông tin và Truyền thông", "Ban Dân vận Tỉnh ủy",
              "Sở Tài nguyên và Môi trường", "Sở Lao động - Thương binh và Xã hội", "Sở Công Thương",
              "Sở Văn hóa, Thể thao và Du lịch"]
CENTRAL = ["Ban Tuyên giáo Trung ương", "Bộ Nội vụ", "Bộ Tư pháp", "Bộ Y tế", "Bộ Giáo dục và Đào tạo",
           "Bộ Thông tin và Truyền thông", "Ban Dân vận Trung ương", "Bộ Tài nguyên và Môi trường",
           "Bộ Văn hóa, Thể thao và Du lịch", "Bộ Công Thương"]
DISTRICTS = ["Mây Hồng", "Đông Mây", "Tây Mây", "Suối Bạc", "Nậm Gió", "Cầu Trăng", "Gò Nắng", "Bến Sương", "Phú Lộng",
             "An Vọng", "Hàm Sóng", "Tân Gió", "Vĩnh Mưa", "Long Sậy", "Chiềng Mây", "Mường Sao", "Đồng Sậy", "Hòa Mây"]
VENUES = ["Trung tâm Hội nghị tỉnh", "Nhà Văn hóa tỉnh", "Hội trường Tỉnh ủy", "Trung tâm Văn hóa tỉnh"]

# Verbs and objects of tasks; every pair reads as a task.
TASK_VERBS = ["tiếp tục đổi mới", "nâng cao chất lượng", "tăng cường", "đẩy mạnh", "rà soát, hoàn thiện", "tập trung củng cố",
              "chủ động xây dựng", "quan tâm đầu tư cho", "siết chặt", "phát huy vai trò của", "kiện toàn", "khẩn trương triển khai",
              "thực hiện nghiêm", "bám sát", "hoàn thành dứt điểm", "mở rộng", "kịp thời tháo gỡ vướng mắc trong"]
TASK_OBJECTS = ["đội ngũ cộng tác viên ở thôn, bản", "quy chế phối hợp giữa các ngành", "kế hoạch kiểm tra định kỳ",
                "việc lồng ghép các nguồn vốn", "công tác tập huấn cho cán bộ xã", "hệ thống sổ sách và biểu mẫu",
                "hoạt động của các tổ tự quản", "việc công khai kết quả trước nhân dân", "mạng lưới điểm tư vấn",
                "cơ sở dữ liệu dùng chung", "các mô hình đã làm thử", "việc tiếp nhận và trả lời kiến nghị",
                "đường dây nóng của ngành", "chỉ tiêu giao cho từng địa bàn", "các câu lạc bộ ở khu dân cư",
                "công tác thăm hỏi gia đình khó khăn", "quỹ hỗ trợ do nhân dân đóng góp", "việc dạy nghề cho thanh niên"]
TASK_ENDS = ["", "", "", ", lấy hiệu quả làm thước đo", ", nhất là ở những nơi còn yếu", ", bảo đảm đúng tiến độ đã cam kết",
             ", không để dồn việc vào cuối kỳ", ", gắn trách nhiệm với người đứng đầu", ", trước hết là ở các xã vùng cao",
             ", phân công rõ người, rõ việc", ", báo cáo kết quả theo từng quý"]

# Sentences that state nothing that is looked for, and figures.
PLAIN = ["Trời mưa phùn từ sớm nhưng hội trường vẫn kín chỗ.", "Không khí buổi làm việc cởi mở và thẳng thắn.",
         "Nhiều ý kiến cho rằng cách làm cũ không còn hợp với tình hình mới.", "Kết quả ấy có được nhờ sự kiên trì của cơ sở.",
         "Tuy vậy, vẫn còn nơi làm theo phong trào, hết đợt lại thôi.", "Nguồn lực dành cho lĩnh vực này chưa tương xứng với yêu cầu.",
         "Cách làm của mỗi nơi một khác, song đều hướng về người dân.", "Câu chuyện ở vùng cao cho thấy việc khó nhất là thay đổi nếp nghĩ.",
         "Đó cũng là điều mà các thôn, bản mong đợi đã lâu.", "Những con số ấy mới chỉ nói lên một phần công sức bỏ ra.",
         "Dư luận trong vùng nhìn chung đồng tình.", "Khó khăn lớn nhất vẫn là đường sá cách trở và thiếu người làm.",
         "Bài học rút ra là việc gì dân hiểu thì việc ấy xong sớm.", "Ở nhiều nơi, mô hình nhỏ đã cho thấy hiệu quả lớn.",
         "Sự phối hợp giữa các ngành có lúc còn lỏng lẻo.", "Đội ngũ làm công việc này phần đông còn trẻ và kiêm nhiệm.",
         "Cảnh quan nhiều xóm làng nhờ vậy mà khang trang hơn trước.", "Một số chỉ tiêu tăng chậm do thời tiết thất thường."]
COUNTED = ["Toàn ngành đã mở {n} lớp học ở thôn, bản.", "Đã có {n} hộ dân được hưởng lợi từ các mô hình.",
           "Các đoàn kiểm tra đã đến {n} xã vùng khó.", "Số đơn vị đạt chuẩn tăng lên, chiếm {p}% tổng số.",
           "Nguồn vốn huy động trong dân đạt {m} tỷ đồng.", "Mạng lưới hiện có {n} cộng tác viên.",
           "Trên hệ thống loa đã phát {n} tin, bài.", "Tỷ lệ hồ sơ giải quyết đúng hạn là {p}%.",
           "Các tổ tự quản đã trồng {n} cây xanh.", "Ngành đã phát {n} tờ gấp tới tay người dân."]
UNITS = {"lớp học": "lớp", "hộ dân": "hộ dân", "xã": "xã", "cộng tác viên": "cộng tác viên", "tin, bài": "tin",
         "cây xanh": "cây", "tờ gấp": "tờ gấp"}
ISSUERS = [("KL/TW", "Kết luận", "Bộ Chính trị"), ("CT/TW", "Chỉ thị", "Ban Bí thư"), ("NQ/TW", "Nghị quyết", "Bộ Chính trị"),
           ("QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ"), ("NQ-CP", "Nghị quyết", "Chính phủ")]
